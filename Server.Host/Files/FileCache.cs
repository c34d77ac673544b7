// Only files are kept. A path that leads to nothing is looked up in each turn, so that nobody fills the cache with misses,
// and a file that appears is seen at once. Of a few misses is remembered, for as long as a file is answered from memory,
// that nothing lay coded beside them either: then one question is enough. Spellings of one path ('/a', '/%61') take a
// place each; the bounds hold all the same. What lies coded beside a file, or was compressed, has a place for each coding.
using System.Diagnostics.CodeAnalysis;
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
    private readonly Compressor compressor;
    private readonly Copier copier;
    private readonly ColdFiles coldFiles = new();
    private readonly CodingKey keys = new();
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
        var room = new CopyRoom(limits.AllCopiesBytes);
        compressor = new(files, limits, room);
        copier = new(files, limits, room);
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
    /// asked when it began. Null: it is looked for each time.</summary>
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

    /// <summary>Lets the files go that are kept open, for whoever needs their descriptors more.</summary>
    public void LetHandlesGo() => files.LetHandlesGo();

    private Lookup FindWithin(ReadOnlySpan<byte> rawPath, CodingWeights weights)
    {
        if (rawPath is not [(byte)'/', ..])
            return new(LookupKind.BadRequest, Entry: null); // the codings have keys of that kind
        if (!files.TryGet(rawPath, out var cached))
            return Load(rawPath, weights);
        if (!IsRight(cached))
        {
            files.Remove(cached);
            return Load(rawPath, weights);
        }
        Counts.CountCacheHit();
        files.Touch(cached);
        cached.Entry?.Acquire();
        return Choose(cached, weights);
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

    /// <summary>Forgets all files; those that are held stay open until they are released.</summary>
    public void Dispose()
    {
        compressor.Dispose();
        files.Clear();
    }

    private bool IsRight(CachedFile cached) =>
        IsFresh(cached) ? cached.Entry is not { HasChanged: true } : IsUnchanged(cached);

    private bool IsFresh(CachedFile cached) => clock.GetElapsedTime(cached.CheckedAt) < limits.RecheckAfter;

    private bool IsUnchanged(CachedFile cached)
    {
        if (!cached.IsSettled || IsCold(cached.File, out _))
            return false;
        using var visit = new Visit(root);
        var now = clock.GetTimestamp();
        var expected = cached.Entry is null ? default : new Located(FileKind.File, cached.Stamp);
        if (
            root.Locate(cached.File) != expected
            || SiblingsOf(cached.File, cached.Entry, cached.Stamp) != cached.Siblings
        )
            return false;
        cached.CheckedAt = now;
        return true;
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
        if (cold is null && IsCold(target.File, out var way))
            return coldFiles.Begin(rawPath, ColdPart.Way, way, checkedAt);
        var now = clock.GetUtcNow();
        var loaded = loader.Load(target.File, WaitFor(cold));
        if (loaded.Cold is not null)
            return Fetch(rawPath, loaded);
        coldFiles.Forget(cold);
        if (loaded.Kind == FileKind.Folder)
            return new(target.IsFolder ? default : LookupKind.RedirectToSlash, Entry: null);
        if (loaded.IsBeingWritten)
            return new(LookupKind.BeingWritten, Entry: null);
        return Keep(rawPath, target.File, loaded, checkedAt, now) is { } file ? Choose(file, weights) : default;
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

    private bool IsCold(ReadOnlySpan<byte> path, [NotNullWhen(true)] out Func<bool>? way)
    {
        way = limits.DiskWait == DiskWait.Refused ? root.WayTo(path) : null;
        return way is not null;
    }

    // What was fetched is taken as it is.
    private DiskWait WaitFor(ColdFile? cold) => cold is { Part: ColdPart.Content } ? DiskWait.Allowed : limits.DiskWait;

    private Lookup Fetch(ReadOnlySpan<byte> key, LoadedFile loaded)
    {
        var (file, lengthBytes) = (loaded.Cold!, loaded.Stamp.LengthBytes);
        return coldFiles.Begin(key, ColdPart.Content, FetchAndClose, clock.GetTimestamp());

        bool FetchAndClose()
        {
            using (file)
                root.Fetch(file, 0, lengthBytes);
            return true;
        }
    }

    private CodingSet SiblingsOf(ReadOnlySpan<byte> file, FileEntry? plain, FileStamp stamp) =>
        siblings.Find(file, plain is null ? null : stamp);

    /// <summary>The codings beside a file that was loaded. If the system fails, the file is let go.</summary>
    private CodingSet FindBeside(ReadOnlySpan<byte> path, LoadedFile loaded)
    {
        try
        {
            return SiblingsOf(path, loaded.Entry, loaded.Stamp);
        }
        catch (IOException)
        {
            loaded.Entry?.Release();
            throw;
        }
    }

    /// <summary>Answers with one of the representations of a file, whose entry is held; let go if the system fails.</summary>
    private Lookup Choose(CachedFile file, CodingWeights weights)
    {
        try
        {
            return ChooseHeld(file, weights);
        }
        catch (IOException)
        {
            file.Entry?.Release();
            throw;
        }
    }

    private Lookup ChooseHeld(CachedFile file, CodingWeights weights)
    {
        var (beside, compressed) = (file.Siblings, compressor.CodingsOf(file));
        while (true)
        {
            var choice = Choice.Of(beside, compressed, file.Entry is not null, weights);
            switch (choice.Origin)
            {
                case Origin.Plain:
                    return copier.Find(file);
                case Origin.Sibling when FindSibling(file, choice.Coding) is { } sibling:
                    file.Entry?.Release();
                    return sibling;
                case Origin.Sibling:
                    beside = beside.Without(choice.Coding); // it has gone meanwhile
                    break;
                case Origin.Compressed when compressor.Find(file, choice.Coding) is { } found:
                    return found;
                case Origin.Compressed:
                    compressed = default; // it couldn't be
                    break;
                case Origin.None when file.Entry is null && beside.IsEmpty:
                    return default; // what there was has gone meanwhile
                case Origin.None when file.Entry is { Varies: false } only:
                    return new(LookupKind.Found, only); // there is no choice to make (RFC 9110, section 12.4.1)
                default:
                    return NotAcceptable(file, beside.With(compressed));
            }
        }
    }

    private static Lookup NotAcceptable(CachedFile file, CodingSet coded)
    {
        var codings = file.Entry is null ? coded : coded.With(ContentCoding.Identity);
        file.Entry?.Release();
        return new(LookupKind.NotAcceptable, Entry: null, Codings: codings);
    }

    private Lookup? FindSibling(CachedFile file, ContentCoding coding)
    {
        var key = keys.OfSibling(file.File, coding);
        if (files.TryGet(key, out var cached))
        {
            if (IsRight(cached))
            {
                files.Touch(cached);
                cached.Entry!.Acquire();
                return copier.Find(cached);
            }
            files.Remove(cached);
        }
        return LoadSibling(key, file, coding);
    }

    private Lookup? LoadSibling(ReadOnlySpan<byte> key, CachedFile file, ContentCoding coding)
    {
        var cold = coldFiles.Find(key);
        if (cold is { HasEnded: false })
            return ColdFiles.Await(cold);
        var checkedAt = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var path = siblings.PathOf(file.File, coding);
        var loaded = loader.Load(path, file.File, coding, WaitFor(cold));
        if (loaded.Cold is not null)
            return Fetch(key, loaded);
        coldFiles.Forget(cold);
        if (loaded.Entry is null)
            return null;
        loaded.Entry.DateNoLaterThan(now);
        loaded.Entry.Varies = true;
        if (loaded.IsStable)
        {
            var isSettled = loaded.Stamp.IsSettledAt(now);
            files.Add(new(key, path, loaded.Stamp, loaded.Entry) { CheckedAt = checkedAt, IsSettled = isSettled });
        }
        return new(LookupKind.Found, loaded.Entry);
    }
}
