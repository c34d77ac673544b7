using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>The served folder where descriptors have no names (macOS, Windows), guarded by names: links are resolved
/// one by one, and what is opened is the resolved path.</summary>
/// <remarks>Two limits, next to <see cref="LinuxFileRoot"/>: whoever may write inside the root can swap a folder for a
/// link between the check and the opening; and a FIFO, which looks like an empty file, is answered as one. It is not
/// opened either.</remarks>
/// <param name="folder">An absolute path.</param>
/// <param name="links">Which links are followed.</param>
internal sealed class PortableFileRoot(string folder, FollowedLinks links = FollowedLinks.Inside) : IFileRoot
{
    public Located Locate(ReadOnlySpan<byte> path)
    {
        try
        {
            return Find(path) is { } file ? ToLocated(file) : default;
        }
        // The framework tells neither which of the many errors a client can cause this is, nor our own failures apart.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    public OpenedFile Open(ReadOnlySpan<byte> path)
    {
        try
        {
            return Find(path) is { } file ? Open(file) : default;
        }
        // As in Locate.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    public FileStamp Stamp(SafeFileHandle file) =>
        ToStamp(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    public bool? HasWriter(SafeFileHandle file) => null;

    private FileInfo? Find(ReadOnlySpan<byte> path)
    {
        var root = LinkResolver.Resolve(folder);
        var resolved = LinkResolver.Resolve(Path.Combine(folder, Encoding.UTF8.GetString(path)));
        if (root is null || resolved is null)
            return null;
        return links == FollowedLinks.All || RealPath.IsInside<char>(root, resolved, Path.DirectorySeparatorChar)
            ? new FileInfo(resolved)
            : null;
    }

    private static OpenedFile Open(FileInfo file)
    {
        var place = ToLocated(file);
        // An empty file may be a FIFO, whose opening blocks; and there is nothing to read in it.
        if (place.Kind != FileKind.File || place.Stamp.LengthBytes == 0)
            return new(place, Handle: null);
        // Others may replace or delete the file while it is served.
        const FileShare share = FileShare.ReadWrite | FileShare.Delete;
        return new(place, File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Read, share));
    }

    private static Located ToLocated(FileInfo file)
    {
        if (Directory.Exists(file.FullName))
            return new(FileKind.Folder, default);
        if (!file.Exists || file.Attributes.HasFlag(FileAttributes.Device))
            return default;
        return new(FileKind.File, ToStamp(file.Length, file.LastWriteTimeUtc));
    }

    private static FileStamp ToStamp(long lengthBytes, DateTime modifiedAt) =>
        new(Device: 0, Inode: 0, lengthBytes, modifiedAt, ChangedAt: modifiedAt);
}
