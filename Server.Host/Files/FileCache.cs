// Only files are kept. A path that leads to nothing is looked up each time: that costs three system calls and no
// memory, so nobody fills the cache with misses, and a file that appears is seen at once. Spellings of one path
// ('/a', '/%61') take a place each; the bounds hold all the same.
namespace Server.Host.Files;

/// <summary>Answers raw request paths with the files of a root; those used last come from memory.</summary>
/// <remarks>A cached answer allocates nothing. A file that is changed, replaced or deleted is seen after
/// <see cref="FileCacheLimits.RecheckAfter"/> at the latest. Belongs to one thread.</remarks>
internal sealed class FileCache : IDisposable
{
    private readonly IFileRoot root;
    private readonly TimeProvider clock;
    private readonly FileCacheLimits limits;
    private readonly FileLoader loader;
    private readonly RecentFiles files;
    private readonly byte[] pathBuffer = new byte[TargetPath.BufferBytes];

    public FileCache(IFileRoot root, TimeProvider clock, FileCacheLimits limits)
    {
        this.root = root;
        this.clock = clock;
        this.limits = limits;
        loader = new(root, limits.SmallFileBytes);
        files = new(limits.CapacityBytes, limits.MaxHandles);
    }

    /// <summary>How many files are kept.</summary>
    public int Count => files.Count;

    /// <summary>How many of them are kept open; more may be open, held by responses.</summary>
    public int HandleCount => files.HandleCount;

    /// <summary>What the files that are kept cost, in bytes.</summary>
    public long CostBytes => files.CostBytes;

    /// <summary>Finds the file for a path.</summary>
    /// <param name="rawPath">The path as it was received, from its first '/' to before the '?'.</param>
    /// <returns>The answer; its file is held until the answer is disposed.</returns>
    /// <exception cref="IOException">The system failed: out of descriptors or memory, or a broken disk. No choice of
    /// path brings that about.</exception>
    public Lookup Find(ReadOnlySpan<byte> rawPath)
    {
        if (!files.TryGet(rawPath, out var cached))
            return Load(rawPath);
        if (IsFresh(cached) || IsUnchanged(cached))
            return Answer(cached);
        files.Remove(cached);
        return Load(rawPath);
    }

    /// <summary>Forgets all files; those that are held stay open until they are released.</summary>
    public void Dispose() => files.Clear();

    private Lookup Answer(CachedFile cached)
    {
        files.Touch(cached);
        cached.Entry.Acquire();
        return new(LookupKind.Found, cached.Entry);
    }

    private bool IsFresh(CachedFile cached) => clock.GetElapsedTime(cached.CheckedAt) < limits.RecheckAfter;

    private bool IsUnchanged(CachedFile cached)
    {
        if (!cached.IsSettled)
            return false;
        var now = clock.GetTimestamp();
        if (root.Locate(cached.File) != new Located(FileKind.File, cached.Stamp))
            return false;
        cached.CheckedAt = now;
        return true;
    }

    private Lookup Load(ReadOnlySpan<byte> rawPath)
    {
        var target = TargetPath.Decode(rawPath, pathBuffer);
        return target.Refusal switch
        {
            TargetRefusal.None => Load(rawPath, target),
            TargetRefusal.BadRequest => new(LookupKind.BadRequest, Entry: null),
            _ => default,
        };
    }

    private Lookup Load(ReadOnlySpan<byte> rawPath, TargetPath target)
    {
        var checkedAt = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var loaded = loader.Load(target.File);
        if (loaded.Entry is null)
            return new(IsWithoutSlash(target, loaded.Kind) ? LookupKind.RedirectToSlash : default, Entry: null);
        if (loaded.IsStable)
        {
            var isSettled = loaded.Stamp.IsSettledAt(now);
            files.Add(new(rawPath, target.File, loaded) { CheckedAt = checkedAt, IsSettled = isSettled });
        }
        return new(LookupKind.Found, loaded.Entry);
    }

    private static bool IsWithoutSlash(TargetPath target, FileKind kind) => kind == FileKind.Folder && !target.IsFolder;
}
