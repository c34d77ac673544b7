// A small file is read as a whole, and its stamp is taken before and after: if they differ, somebody wrote it
// meanwhile, and what was read may be a mix of two contents. Then it is read again, a few times, and in the end handed
// over as a handle, whose readers look at the stamp themselves. A file that is replaced by renaming, as deployments do it,
// needs none of that: the handle stays with the old one.
using Microsoft.Win32.SafeHandles;
using Server.Host.Http;

namespace Server.Host.Files;

/// <summary>Makes entries from files.</summary>
/// <param name="root">Where the files are.</param>
/// <param name="smallFileBytes">Up to this length a file's content is read into memory.</param>
/// <param name="cacheRules">How long clients may keep them.</param>
/// <param name="clock">Tells whether they were written a moment ago.</param>
internal sealed class FileLoader(IFileRoot root, int smallFileBytes, CacheRules cacheRules, TimeProvider clock)
{
    private const int MaxReads = 3;

    private readonly MediaTypes mediaTypes = new();

    /// <summary>Which descriptors files may take that are not read at once.</summary>
    public DescriptorShares Descriptors { get; init; } = DescriptorShares.Of(workers: 1);

    /// <summary>Loads the file at <paramref name="path"/>, a path as in <see cref="IFileRoot"/>.</summary>
    /// <param name="path">A path as in <see cref="IFileRoot"/>.</param>
    /// <param name="wait">Whether its content is waited for.</param>
    /// <exception cref="IOException">The system failed: out of descriptors or memory, or a broken disk.</exception>
    public LoadedFile Load(ReadOnlySpan<byte> path, DiskWait wait = DiskWait.Allowed) =>
        Load(path, path, ContentCoding.Identity, wait);

    /// <summary>Loads the file at <paramref name="path"/>, which holds what another one does, coded.</summary>
    /// <param name="path">A path as in <see cref="IFileRoot"/>.</param>
    /// <param name="plain">The path of the file as it is, which need not be there: its name tells the media type.</param>
    /// <param name="coding">How it is coded.</param>
    /// <param name="wait">Whether its content is waited for.</param>
    /// <exception cref="IOException">As above.</exception>
    public LoadedFile Load(ReadOnlySpan<byte> path, ReadOnlySpan<byte> plain, ContentCoding coding, DiskWait wait)
    {
        var (place, file) = root.Open(path);
        if (place.Kind != FileKind.File)
            return new(place.Kind, Entry: null, default, IsStable: false);
        var form = new Form(mediaTypes.Of(plain), coding, cacheRules.ValueFor(plain));
        if (file is not null)
            return Load(file, form, wait);
        var now = clock.GetUtcNow();
        return place.Stamp.IsBeingWritten(now, now) ? BeingWritten(place.Stamp) : InMemory(place.Stamp, form, []);
    }

    private static LoadedFile InMemory(FileStamp stamp, Form form, byte[] content) =>
        new(FileKind.File, new FileEntry(stamp, form, content), stamp, IsStable: true);

    private LoadedFile AsHandle(FileStamp stamp, Form form, SafeFileHandle file) =>
        new(FileKind.File, new FileEntry(stamp, form, file, root), stamp, IsStable: stamp.LengthBytes > smallFileBytes);

    private static LoadedFile BeingWritten(FileStamp stamp) =>
        new(FileKind.File, Entry: null, stamp, IsStable: false, IsBeingWritten: true);

    private LoadedFile Load(SafeFileHandle file, Form form, DiskWait wait)
    {
        try
        {
            return ReadOrKeep(file, form, wait);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private LoadedFile ReadOrKeep(SafeFileHandle file, Form form, DiskWait wait)
    {
        for (var reads = 0; ; reads++)
        {
            var now = clock.GetUtcNow();
            var stamp = root.Stamp(file);
            if (IsBeingWritten(file, stamp, now))
            {
                file.Dispose();
                return BeingWritten(stamp);
            }
            if (stamp.LengthBytes > smallFileBytes || reads == MaxReads)
                return AsHandle(stamp, form, StayingOpen(file));
            var content = new byte[stamp.LengthBytes];
            var isWhole = wait == DiskWait.Allowed ? ReadAll(file, content) : TryReadAll(file, content);
            if (isWhole is null)
                return new(FileKind.File, Entry: null, stamp, IsStable: false, Cold: StayingOpen(file));
            if (isWhole == false || root.Stamp(file) != stamp) // it may have become shorter
                continue;
            file.Dispose();
            return InMemory(stamp, form, content);
        }
    }

    /// <exception cref="IOException">The descriptors that are left aren't for files.</exception>
    private SafeFileHandle StayingOpen(SafeFileHandle file) =>
        Descriptors.AllowAnswer(file) ? file : throw OutOfDescriptors.Failure();

    /// <summary>Whether somebody is in the middle of writing it. If it can't be known whether there is anybody, a moment of
    /// quiet tells.</summary>
    private bool IsBeingWritten(SafeFileHandle file, FileStamp stamp, DateTimeOffset before)
    {
        var after = clock.GetUtcNow();
        if (!stamp.IsRecent(before, after))
            return false;
        return stamp.IsOfTheTickOf(before) || (root.HasWriter(file) ?? stamp.IsBeingWritten(before, after));
    }

    /// <summary>Reads a file from its beginning. False if it is shorter than that.</summary>
    public static bool ReadAll(SafeFileHandle file, Span<byte> content)
    {
        for (var filled = 0; filled < content.Length; )
        {
            var read = RandomAccess.Read(file, content[filled..], filled);
            if (read == 0)
                return false;
            filled += read;
        }
        return true;
    }

    /// <summary>The same for one that is in memory; null if it isn't.</summary>
    /// <inheritdoc cref="ReadAll"/>
    private bool? TryReadAll(SafeFileHandle file, Span<byte> content)
    {
        for (var filled = 0; filled < content.Length; )
        {
            if (root.TryRead(file, content[filled..], filled) is not { } read)
                return null;
            if (read == 0)
                return false;
            filled += read;
        }
        return true;
    }
}
