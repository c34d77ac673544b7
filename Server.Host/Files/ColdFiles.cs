// What isn't in memory is fetched by somebody who may wait for the disk, and is then asked for anew. No buffer is handed
// over: to fetch is to read and to throw away, and what was read stays in the system's memory. Who asks the second time
// takes it as it is, even if he has to wait: it may have been dropped again, or lie where nobody can tell.
namespace Server.Host.Files;

/// <summary>What is being fetched from the disk: each once at a time, however many ask.</summary>
/// <remarks>Belongs to the thread of its cache.</remarks>
/// <param name="root">Where the files are.</param>
/// <param name="clock">Tells since when something is known.</param>
/// <param name="wait">Whether the thread may wait for the disk itself: then nothing is fetched.</param>
internal sealed class ColdFiles(IFileRoot root, TimeProvider clock, DiskWait wait)
{
    // Few at a time. Those that nobody has asked for again, since their clients have gone, are forgotten beyond that.
    private const int MaxEnded = 64;

    private readonly List<ColdFile> files = [];

    /// <summary>What was fetched, or is, for a path or a coding of it; null if nothing.</summary>
    public ColdFile? Find(ReadOnlySpan<byte> key)
    {
        foreach (var file in files)
            if (key.SequenceEqual(file.Key))
                return file;
        return null;
    }

    /// <summary>The answer until then.</summary>
    public static Lookup Await(ColdFile file) => new(LookupKind.Cold, Entry: null, Work: file.Work);

    /// <summary>Whether the way to a path would have to be fetched.</summary>
    public bool IsCold(ReadOnlySpan<byte> path) => WayTo(path) is not null;

    /// <summary>Has the way to a path fetched. Null if that needn't be.</summary>
    /// <param name="key">Under what it is asked for.</param>
    /// <param name="path">The path.</param>
    public Lookup? BeginWay(ReadOnlySpan<byte> key, ReadOnlySpan<byte> path) =>
        WayTo(path) is { } way ? Begin(key, ColdPart.Way, way) : null;

    /// <summary>Has the content of a file fetched, which is closed then.</summary>
    /// <param name="key">Under what it is asked for.</param>
    /// <param name="loaded">What was loaded of it, without that.</param>
    public Lookup BeginContent(ReadOnlySpan<byte> key, LoadedFile loaded)
    {
        var (file, lengthBytes) = (loaded.Cold!, loaded.Stamp.LengthBytes);
        return Begin(key, ColdPart.Content, FetchAndClose);

        bool FetchAndClose()
        {
            using (file)
                root.Fetch(file, 0, lengthBytes);
            return true;
        }
    }

    /// <summary>Whether a content is waited for: what was fetched is taken as it is.</summary>
    public DiskWait WaitFor(ColdFile? fetched) => fetched is { Part: ColdPart.Content } ? DiskWait.Allowed : wait;

    /// <summary>It was asked for again.</summary>
    public void Forget(ColdFile? file)
    {
        if (file is not null)
            files.Remove(file);
    }

    private Func<bool>? WayTo(ReadOnlySpan<byte> path) => wait == DiskWait.Refused ? root.WayTo(path) : null;

    /// <summary>Has a part fetched, in the place of what was fetched for the same before.</summary>
    private Lookup Begin(ReadOnlySpan<byte> key, ColdPart part, Func<bool> fetch)
    {
        Forget(Find(key));
        if (files.Count >= MaxEnded)
            files.RemoveAll(file => file.HasEnded);
        var begun = new ColdFile(key, part, fetch, clock.GetTimestamp());
        files.Add(begun);
        return Await(begun);
    }
}
