// What isn't in memory is fetched by somebody who may wait for the disk, and is then asked for anew. No buffer is handed
// over: to fetch is to read and to throw away, and what was read stays in the system's memory. Who asks the second time
// takes it as it is, even if he has to wait: it may have been dropped again, or lie where nobody can tell.
namespace Server.Host.Files;

/// <summary>What is being fetched from the disk: each once at a time, however many ask.</summary>
/// <remarks>Belongs to the thread of its cache.</remarks>
internal sealed class ColdFiles
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

    /// <summary>Has a part fetched, in the place of what was fetched for the same before.</summary>
    public Lookup Begin(ReadOnlySpan<byte> key, ColdPart part, Func<bool> fetch, long begunAt)
    {
        Forget(Find(key));
        if (files.Count >= MaxEnded)
            files.RemoveAll(file => file.HasEnded);
        var begun = new ColdFile(key, part, fetch, begunAt);
        files.Add(begun);
        return Await(begun);
    }

    /// <summary>It was asked for again.</summary>
    public void Forget(ColdFile? file)
    {
        if (file is not null)
            files.Remove(file);
    }
}
