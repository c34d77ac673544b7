// Only files are kept. A path that leads to nothing is looked up in each turn, so that nobody fills the cache with misses,
// and a file that appears is seen at once. Of a few misses is remembered, for as long as a file is answered from memory,
// that nothing lay coded beside them either: then one question is enough. Spellings of one path ('/a', '/%61') take a
// place each; the bounds hold all the same. What lies coded beside a file, or was compressed, has a place for each coding.
using Server.Host.Http;

namespace Server.Host.Files;

/// <summary>Answers raw request paths with the files of a root, in a coding that the client takes; those used last come from
/// memory.</summary>
/// <remarks>A cached answer allocates nothing. A file that is changed, replaced or deleted is seen after
/// <see cref="FileCacheLimits.RecheckAfter"/> at the latest. Belongs to one thread.</remarks>
internal sealed class FileCache : IDisposable
{
    private readonly IFileRoot root;
    private readonly TimeProvider clock;
    private readonly FileCacheLimits limits;
    private readonly FileLoader loader;
    private readonly RecentFiles files;
    private readonly RecentMisses misses;
    private readonly Siblings siblings;
    private readonly ColdFiles coldFiles;
    private readonly Freshness freshness;
    private readonly Compressor compressor;
    private readonly Representations representations;
    private readonly byte[] pathBuffer = new byte[TargetPath.BufferBytes];
    private long? errorPageMissedAt;

    /// <param name="root">Where the files are.</param>
    /// <param name="clock">Tells when to look again.</param>
    /// <param name="limits">How much is kept, and for how long.</param>
    /// <param name="cacheRules">How long clients may keep the files; null: as by default.</param>
    public FileCache(IFileRoot root, TimeProvider clock, FileCacheLimits limits, CacheRules? cacheRules = null)
    {
        this.root = root;
        this.clock = clock;
        this.limits = limits;
        loader = new(root, limits.SmallFileBytes, cacheRules ?? new([]), clock) { Descriptors = limits.Descriptors };
        files = new(limits);
        misses = new(limits.RecheckAfter, clock);
        siblings = new(root);
        coldFiles = new(root, clock, limits.DiskWait);
        freshness = new(root, clock, limits.RecheckAfter, siblings, coldFiles);
        var room = new CopyRoom(limits.AllCopiesBytes);
        compressor = new(files, limits, room);
        var copier = new Copier(files, limits, room);
        var coded = new CachedSiblings(files, loader, siblings, coldFiles, freshness, copier, clock);
        representations = new(coded, compressor, copier);
    }

    /// <summary>A cache of the folder that is served.</summary>
    /// <param name="options">Which, and what is said of its files.</param>
    /// <param name="clock">Tells when to look again.</param>
    /// <param name="limits">How much is kept.</param>
    public static FileCache Open(ServerOptions options, TimeProvider clock, FileCacheLimits limits) =>
        new(FileRoot.AtFormer(options.Root, options.Links), clock, limits, new(options.CacheRules));

    /// <summary>Is told whether a file was there already.</summary>
    public ServerCounts Counts { get; set; } = new();

    /// <summary>Tells the number of the loop's turn. What is missing is looked for once in each: whoever asks in a turn had
    /// asked, in part at least, when it began. Null: it is looked for each time.</summary>
    public Func<long>? Turn { get; set; }

    /// <summary>How many files are kept, each coding counted.</summary>
    public int Count => files.Count;

    /// <summary>How many of them are kept open; more may be open, held by responses.</summary>
    public int HandleCount => files.HandleCount;

    /// <summary>How many files are being compressed.</summary>
    public int CompressionCount => compressor.Count;

    /// <summary>What the files that are kept cost, in bytes.</summary>
    public long CostBytes => files.CostBytes;

    private static ReadOnlySpan<byte> ErrorPage => "/404.html"u8;

    /// <summary>Finds the file for a path, as it is.</summary>
    /// <inheritdoc cref="Find(ReadOnlySpan{byte}, CodingWeights)"/>
    public Lookup Find(ReadOnlySpan<byte> rawPath) => Find(rawPath, CodingWeights.Unstated);

    /// <summary>Finds the file for a path.</summary>
    /// <param name="rawPath">The path as it was received, from its first '/' to before the '?'.</param>
    /// <param name="weights">The codings that the client takes.</param>
    /// <returns>The answer; its file is held until the answer is disposed.</returns>
    /// <exception cref="IOException">The system failed: out of descriptors or memory, or a broken disk. No choice of
    /// path brings that about.</exception>
    public Lookup Find(ReadOnlySpan<byte> rawPath, CodingWeights weights)
    {
        try
        {
            return FindWithin(rawPath, weights);
        }
        catch (IOException failure) when (OutOfDescriptors.Explains(failure) && files.HandleCount > 0)
        {
            LetHandlesGo();
            return FindWithin(rawPath, weights);
        }
    }

    /// <summary>Finds the page that stands for whatever is missing: the root's <c>404.html</c>. That there is none is
    /// remembered until <see cref="FileCacheLimits.RecheckAfter"/>.</summary>
    /// <inheritdoc cref="Find(ReadOnlySpan{byte}, CodingWeights)"/>
    public Lookup FindErrorPage(CodingWeights weights)
    {
        if (errorPageMissedAt is { } missedAt && clock.GetElapsedTime(missedAt) < limits.RecheckAfter)
            return default;
        var lookup = Find(ErrorPage, weights);
        errorPageMissedAt = lookup.Kind == LookupKind.NotFound ? clock.GetTimestamp() : null;
        return lookup;
    }

    /// <summary>Lets the files go that are kept open, for whoever needs their descriptors more.</summary>
    public void LetHandlesGo() => files.LetHandlesGo();

    /// <summary>Forgets all files; those that are held stay open until they are released.</summary>
    public void Dispose()
    {
        compressor.Dispose();
        files.Clear();
    }

    private Lookup FindWithin(ReadOnlySpan<byte> rawPath, CodingWeights weights)
    {
        if (rawPath is not [(byte)'/', ..])
            return new(LookupKind.BadRequest, Entry: null); // the codings have keys of that kind
        if (!files.TryGet(rawPath, out var cached))
            return Load(rawPath, weights);
        if (!freshness.IsRight(cached))
        {
            files.Remove(cached);
            return Load(rawPath, weights);
        }
        Counts.CountCacheHit();
        files.Touch(cached);
        cached.Entry?.Acquire();
        return representations.Choose(cached, weights);
    }

    private Lookup Load(ReadOnlySpan<byte> rawPath, CodingWeights weights)
    {
        using var visit = new Visit(root);
        var target = TargetPath.Decode(rawPath, pathBuffer);
        var lookup = target.Refusal switch
        {
            TargetRefusal.None => Load(rawPath, target, weights),
            TargetRefusal.BadRequest => new(LookupKind.BadRequest, Entry: null),
            _ => default,
        };
        if (lookup.Kind != LookupKind.Cold) // it is asked for again
            Counts.CountCacheMiss();
        return lookup;
    }

    private Lookup Load(ReadOnlySpan<byte> rawPath, TargetPath target, CodingWeights weights)
    {
        var cold = coldFiles.Find(rawPath);
        if (cold is { HasEnded: false })
            return ColdFiles.Await(cold);
        if (cold is { FoundNothing: true })
            Remember(cold);
        if (misses.Find(rawPath) is { } miss && IsStillMissing(miss, target.File))
            return default;
        var checkedAt = clock.GetTimestamp();
        if (cold is null && coldFiles.BeginWay(rawPath, target.File) is { } way)
            return way;
        var now = clock.GetUtcNow();
        var loaded = loader.Load(target.File, coldFiles.WaitFor(cold));
        if (loaded.Cold is not null)
            return coldFiles.BeginContent(rawPath, loaded);
        coldFiles.Forget(cold);
        if (loaded.Kind == FileKind.Folder)
            return new(target.IsFolder ? default : LookupKind.RedirectToSlash, Entry: null);
        if (loaded.IsBeingWritten)
            return new(LookupKind.BeingWritten, Entry: null);
        return Keep(rawPath, target.File, loaded, checkedAt, now) is { } file
            ? representations.Choose(file, weights)
            : default;
    }

    private void Remember(ColdFile nothing)
    {
        misses.Add(nothing.Key, nothing.BegunAt);
        coldFiles.Forget(nothing);
    }

    private bool IsStillMissing(RecentMiss miss, ReadOnlySpan<byte> path)
    {
        var turn = Turn?.Invoke();
        if (turn is not null && turn == miss.MissedIn)
            return true;
        if (root.Exists(path))
            return false;
        miss.MissedIn = turn;
        return true;
    }

    /// <summary>Puts what was loaded into the cache. Null if that is nothing.</summary>
    private CachedFile? Keep(
        ReadOnlySpan<byte> rawPath,
        ReadOnlySpan<byte> path,
        LoadedFile loaded,
        long checkedAt,
        DateTimeOffset now
    )
    {
        loaded.Entry?.DateNoLaterThan(now);
        var beside = FindBeside(path, loaded);
        if (loaded.Entry is null && beside.IsEmpty)
        {
            misses.Add(rawPath, checkedAt);
            return null;
        }
        if (loaded.Entry is { } entry)
            entry.Varies = !beside.IsEmpty || compressor.Handles(entry);
        var file = new CachedFile(rawPath, path, loaded.Stamp, loaded.Entry)
        {
            Siblings = beside,
            CheckedAt = checkedAt,
            IsSettled = loaded.Entry is null || loaded.Stamp.IsSettledAt(now),
            IsStable = loaded.Entry is null || loaded.IsStable,
        };
        if (file.IsStable)
            files.Add(file);
        return file;
    }

    /// <summary>The codings beside a file that was loaded. If the system fails, the file is let go.</summary>
    private CodingSet FindBeside(ReadOnlySpan<byte> path, LoadedFile loaded)
    {
        try
        {
            return siblings.Find(path, loaded.Entry is null ? null : loaded.Stamp);
        }
        catch (IOException)
        {
            loaded.Entry?.Release();
            throw;
        }
    }
}
