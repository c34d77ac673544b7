// What a file was compressed to stands in the cache beside the file, under a key of its own: one bound holds both, and what
// is unused for longest goes first. It is right as long as the file has the stamp that it had; a file changed so shortly
// ago that its stamp proves nothing must be the very entry. A file that could not be compressed (it changed while it was
// read) leaves a place without an entry, so that it isn't tried again for that state.
namespace Server.Host.Files;

/// <summary>Finds what files were compressed to, and has them compressed: each once at a time, however many ask.</summary>
/// <remarks>Belongs to the thread of its cache.</remarks>
internal sealed class Compressor(RecentFiles files, FileCacheLimits limits, CopyRoom room) : IDisposable
{
    private static readonly CodingSet Codings = default(CodingSet).With(ContentCoding.Brotli).With(ContentCoding.Gzip);

    private readonly CodingKey keys = new();

    // Those that somebody waits for, each holding its entry; few at a time.
    private readonly List<Compression> begun = [];

    /// <summary>How many are under way.</summary>
    public int Count => begun.Count;

    /// <summary>Whether files of that kind are compressed, whatever their length.</summary>
    public bool Handles(FileEntry file) => limits.MaxCompressedBytes > 0 && file.IsCompressible;

    /// <summary>The codings that this file can be compressed to.</summary>
    public CodingSet CodingsOf(CachedFile file) =>
        file is { IsStable: true, Entry: { } entry } && Handles(entry) && IsWithinBounds(entry) ? Codings : default;

    /// <summary>Finds what a file was compressed to, or what is to be done about it. Null if it can't be compressed, or if there
    /// is no room for that now.</summary>
    /// <param name="file">The file; its entry is held by the caller, and the hold taken over unless the result is null.
    /// </param>
    /// <param name="coding">One of <see cref="CodingsOf"/>.</param>
    public Lookup? Find(CachedFile file, ContentCoding coding)
    {
        var key = keys.OfCompressed(file.File, coding);
        if (files.TryGet(key, out var made))
        {
            if (IsOf(made, file))
                return Found(made, file.Entry!);
            files.Remove(made);
        }
        if (FindBegun(key) is { } begun)
        {
            if (IsSame(begun.File, file))
                return Join(begun, file);
            Forget(begun);
        }
        if (!HasRoomFor(file.Entry!))
            return null;
        return file.Promises.Find(coding) is { } promised ? Renew(promised, file) : Promise(key, file, coding);
    }

    /// <summary>Somebody waits for it: whoever else wants the same waits with him.</summary>
    public void Begin(Compression compression)
    {
        if (begun.Contains(compression))
            return;
        KeepEnded();
        compression.Entry.Acquire();
        compression.Entry.TakeRoom(room);
        compression.File.Promises.Remove(compression);
        begun.Add(compression);
    }

    public void Dispose()
    {
        foreach (var compression in begun)
            compression.Entry.Release();
        begun.Clear();
    }

    private Lookup? Found(CachedFile made, FileEntry plain)
    {
        files.Touch(made);
        if (made.Entry is null)
            return null;
        made.Entry.Acquire();
        plain.Release();
        return new(LookupKind.Found, made.Entry);
    }

    private Lookup? Join(Compression compression, CachedFile file)
    {
        compression.Entry.Acquire();
        if (!compression.HasEnded)
        {
            file.Entry!.Release();
            return Await(compression);
        }
        var entry = compression.Entry;
        if (!Keep(compression))
        {
            entry.Release();
            return null;
        }
        file.Entry!.Release();
        return new(LookupKind.Found, entry);
    }

    private Lookup Promise(ReadOnlySpan<byte> key, CachedFile file, ContentCoding coding)
    {
        var compression = new Compression(this, key, file, new FileEntry(file.Entry!, coding));
        if (file.IsKept)
        {
            file.Promises.Add(compression);
            compression.Entry.Acquire();
        }
        return Await(compression);
    }

    private static Lookup Renew(Compression promised, CachedFile file)
    {
        promised.Entry.Acquire();
        file.Entry!.Release(); // which the promise holds
        return Await(promised);
    }

    private static Lookup Await(Compression compression) => new(LookupKind.Found, compression.Entry, compression);

    private bool HasRoomFor(FileEntry file)
    {
        if (room.Has(file.LengthBytes))
            return true;
        KeepEnded(); // to what they have come takes less
        return room.Has(file.LengthBytes);
    }

    // Those whose waiters have gone.
    private void KeepEnded()
    {
        for (var i = begun.Count - 1; i >= 0; i--)
            if (begun[i].HasEnded)
                Keep(begun[i]);
    }

    /// <summary>Puts the result of one that has ended into the cache. False if there is none.</summary>
    private bool Keep(Compression compression)
    {
        var file = compression.File;
        var entry = IsUnchanged(compression) ? compression.Entry : null;
        entry?.Complete(compression.Result);
        if (files.TryGet(compression.Key, out var older))
            files.Remove(older);
        var made = new CachedFile(compression.Key, file.File, file.Stamp, entry)
        {
            IsSettled = file.IsSettled,
            Source = file.IsSettled ? null : file.Entry,
        };
        files.Add(made);
        Forget(compression);
        return entry is not null;
    }

    // If the disk is broken the file is sent as it is, as far as it can be.
    private static bool IsUnchanged(Compression compression) =>
        compression is { Result: not null, Entry.Source.MayHaveChanged: false };

    private void Forget(Compression compression)
    {
        begun.Remove(compression);
        compression.File.Promises.Remove(compression);
        compression.Entry.Release();
    }

    private Compression? FindBegun(ReadOnlySpan<byte> key)
    {
        foreach (var compression in begun)
            if (key.SequenceEqual(compression.Key))
                return compression;
        return null;
    }

    private bool IsWithinBounds(FileEntry file) =>
        file.LengthBytes >= FileCacheLimits.MinCompressedBytes && file.LengthBytes <= limits.MaxCompressedBytes;

    private static bool IsOf(CachedFile made, CachedFile file) =>
        made.Stamp == file.Stamp && ((made.IsSettled && file.IsSettled) || made.Source == file.Entry);

    private static bool IsSame(CachedFile one, CachedFile other) =>
        one.Stamp == other.Stamp && ((one.IsSettled && other.IsSettled) || one.Entry == other.Entry);
}
