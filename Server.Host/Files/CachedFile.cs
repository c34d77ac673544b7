namespace Server.Host.Files;

/// <summary>One place in the cache: what answers a path, or one coding of it.</summary>
internal sealed class CachedFile
{
    // The entry, its tag, the nodes and the dictionary's slot: about 500 bytes.
    private const int OverheadBytes = 512;

    // The SafeFileHandle, and what the kernel keeps for an open file.
    private const int HandleBytes = 1024;

    /// <param name="key">What it is found under: the path that was asked for, or a <see cref="CodingKey"/>.</param>
    /// <param name="file">The path of the file.</param>
    /// <param name="stamp">The state of the file.</param>
    /// <param name="entry">The file; null if only files beside it are there, or if it could not be compressed.</param>
    public CachedFile(ReadOnlySpan<byte> key, ReadOnlySpan<byte> file, FileStamp stamp, FileEntry? entry)
    {
        Key = key.ToArray();
        File = file.ToArray();
        Entry = entry;
        Stamp = stamp;
        ByUse = new(this);
        ByHandleUse = entry?.Handle is null ? null : new(this);
    }

    public byte[] Key { get; }

    public byte[] File { get; }

    public FileEntry? Entry { get; }

    public FileStamp Stamp { get; }

    /// <summary>The codings that lie beside the file and are not older than it.</summary>
    public CodingSet Siblings { get; init; }

    /// <summary>False if the file was changed so shortly before it was loaded that a later change could have the same
    /// stamp: an equal stamp then proves nothing.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>False if the file was being written all the time: this is good for one answer only.</summary>
    public bool IsStable { get; init; } = true;

    /// <summary>The file that this was compressed from, if its stamp alone doesn't tell.</summary>
    public FileEntry? Source { get; init; }

    /// <summary>The clock's timestamp of the last look at the file system.</summary>
    public long CheckedAt { get; set; }

    /// <summary>Whether it stands in the cache, and not for one answer alone.</summary>
    public bool IsKept { get; set; }

    /// <summary>What it can be compressed to, as long as nobody has waited for that: an answer without a content needs the
    /// fields alone.</summary>
    public PromisedCodings Promises { get; } = new();

    /// <summary>The copy of it in memory that is to take its place, once somebody has asked for it again.</summary>
    public FileCopy? Copy { get; set; }

    /// <summary>Whether it was asked for again since it was loaded.</summary>
    public bool WasFoundAgain { get; set; }

    /// <summary>What else counts for it, in bytes: a copy that is being made. Changed where it is kept.</summary>
    public long ReservedBytes { get; set; }

    /// <summary>What this counts against the capacity, in bytes.</summary>
    public long CostBytes =>
        OverheadBytes
        + Key.Length
        + File.Length
        + (Entry?.Handle is null ? 0 : HandleBytes)
        + (Entry?.Content.Length ?? 0)
        + (Entry is { IsCopy: true } ? Entry.LengthBytes : 0)
        + ReservedBytes
        + (Source?.Content.Length ?? 0);

    /// <summary>The place among all files, the longest unused first.</summary>
    public LinkedListNode<CachedFile> ByUse { get; }

    /// <summary>The place among the files that are kept open; null if this isn't one.</summary>
    public LinkedListNode<CachedFile>? ByHandleUse { get; }

    /// <summary>The same state of the file with another entry.</summary>
    public CachedFile With(FileEntry entry) =>
        new(Key, File, Stamp, entry)
        {
            Siblings = Siblings,
            IsSettled = IsSettled,
            IsStable = IsStable,
            CheckedAt = CheckedAt,
        };
}
