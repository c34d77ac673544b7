namespace Server.Host.Files;

/// <summary>One place in the cache: a file under the raw path that asked for it.</summary>
internal sealed class CachedFile
{
    // The entry, its tag, the nodes and the dictionary's slot: about 500 bytes.
    private const int OverheadBytes = 512;

    // The SafeFileHandle, and what the kernel keeps for an open file.
    private const int HandleBytes = 1024;

    /// <param name="rawPath">The path that was asked for.</param>
    /// <param name="file">The path of the file that answers it.</param>
    /// <param name="loaded">The file, stable.</param>
    public CachedFile(ReadOnlySpan<byte> rawPath, ReadOnlySpan<byte> file, LoadedFile loaded)
    {
        RawPath = rawPath.ToArray();
        File = file.ToArray();
        Entry = loaded.Entry!;
        Stamp = loaded.Stamp;
        ByUse = new(this);
        ByHandleUse = Entry.Handle is null ? null : new(this);
    }

    public byte[] RawPath { get; }

    public byte[] File { get; }

    public FileEntry Entry { get; }

    public FileStamp Stamp { get; }

    /// <summary>False if the file was changed so shortly before it was loaded that a later change could have the same
    /// stamp: an equal stamp then proves nothing.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>The clock's timestamp of the last look at the file system.</summary>
    public required long CheckedAt { get; set; }

    /// <summary>What this counts against the capacity, in bytes.</summary>
    public long CostBytes =>
        OverheadBytes + RawPath.Length + File.Length + (Entry.Handle is null ? Entry.Content.Length : HandleBytes);

    /// <summary>The place among all files, the longest unused first.</summary>
    public LinkedListNode<CachedFile> ByUse { get; }

    /// <summary>The place among the files that are kept open; null if this isn't one.</summary>
    public LinkedListNode<CachedFile>? ByHandleUse { get; }
}
