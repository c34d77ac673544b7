// A small file is read as a whole, and its stamp is taken before and after: if they differ, somebody wrote it
// meanwhile, and what was read may be a mix of two contents. Then it is read again, a few times, and in the end handed
// over as a handle. A file that is replaced by renaming, as deployments do it, needs none of that: the handle stays
// with the old one.
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>Makes entries from files.</summary>
/// <param name="root">Where the files are.</param>
/// <param name="smallFileBytes">Up to this length a file's content is read into memory.</param>
internal sealed class FileLoader(IFileRoot root, int smallFileBytes)
{
    private const int MaxReads = 3;

    private readonly MediaTypes mediaTypes = new();

    /// <summary>Loads the file at <paramref name="path"/>, a path as in <see cref="IFileRoot"/>.</summary>
    /// <exception cref="IOException">The system failed: out of descriptors or memory, or a broken disk.</exception>
    public LoadedFile Load(ReadOnlySpan<byte> path)
    {
        var (place, file) = root.Open(path);
        if (place.Kind != FileKind.File)
            return new(place.Kind, Entry: null, default, IsStable: false);
        var contentType = mediaTypes.Of(path);
        return file is null ? InMemory(place.Stamp, contentType, []) : Load(file, contentType);
    }

    private LoadedFile Load(SafeFileHandle file, ReadOnlyMemory<byte> contentType)
    {
        try
        {
            return ReadOrKeep(file, contentType);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private LoadedFile ReadOrKeep(SafeFileHandle file, ReadOnlyMemory<byte> contentType)
    {
        var stamp = root.Stamp(file);
        for (var reads = 0; reads < MaxReads && stamp.LengthBytes <= smallFileBytes; reads++)
        {
            var content = ReadAll(file, (int)stamp.LengthBytes);
            var after = root.Stamp(file);
            if (after == stamp && content is not null)
            {
                file.Dispose();
                return InMemory(stamp, contentType, content);
            }
            stamp = after;
        }
        var entry = new FileEntry(stamp, contentType, file);
        return new(FileKind.File, entry, stamp, IsStable: stamp.LengthBytes > smallFileBytes);
    }

    private static LoadedFile InMemory(FileStamp stamp, ReadOnlyMemory<byte> contentType, byte[] content) =>
        new(FileKind.File, new FileEntry(stamp, contentType, content), stamp, IsStable: true);

    private static byte[]? ReadAll(SafeFileHandle file, int lengthBytes)
    {
        var content = new byte[lengthBytes];
        for (var filled = 0; filled < lengthBytes; )
        {
            var read = RandomAccess.Read(file, content.AsSpan(filled), filled);
            if (read == 0)
                return null; // it has become shorter
            filled += read;
        }
        return content;
    }
}
