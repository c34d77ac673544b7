using System.Diagnostics.CodeAnalysis;

namespace Server.Host.Files;

/// <summary>The files used last, within a bound on their bytes and one on their handles. Every operation is O(1) for
/// each file that it touches.</summary>
/// <remarks>Holds the entries of its files, and releases those that it drops. Belongs to one thread.</remarks>
internal sealed class RecentFiles
{
    private readonly FileCacheLimits limits;
    private readonly Dictionary<byte[], CachedFile>.AlternateLookup<ReadOnlySpan<byte>> byKey;
    private readonly LinkedList<CachedFile> byUse = new();
    private readonly LinkedList<CachedFile> byHandleUse = new();

    public RecentFiles(FileCacheLimits limits)
    {
        this.limits = limits;
        byKey = new Dictionary<byte[], CachedFile>(new RawPathComparer()).GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>How many files there are.</summary>
    public int Count => byUse.Count;

    /// <summary>How many of them are kept open.</summary>
    public int HandleCount => byHandleUse.Count;

    /// <summary>What they cost together, in bytes; never more than the capacity.</summary>
    public long CostBytes { get; private set; }

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out CachedFile? file) =>
        byKey.TryGetValue(key, out file);

    /// <summary>Makes <paramref name="file"/> the last one to go.</summary>
    public void Touch(CachedFile file)
    {
        file.WasFoundAgain = true;
        MoveToEnd(byUse, file.ByUse);
        if (file.ByHandleUse is { } node)
            MoveToEnd(byHandleUse, node);
    }

    /// <summary>Adds <paramref name="file"/>, under a key that isn't there, and drops as many others as that takes; or
    /// does nothing if it is too large by itself, or if there are too few descriptors to keep it open.</summary>
    public void Add(CachedFile file)
    {
        if (file.CostBytes > limits.CapacityBytes || !MayStayOpen(file))
            return;
        MakeRoomFor(file);
        byKey.Dictionary.Add(file.Key, file);
        byUse.AddLast(file.ByUse);
        if (file.ByHandleUse is { } node)
            byHandleUse.AddLast(node);
        CostBytes += file.CostBytes;
        file.Entry?.Acquire();
        file.IsKept = true;
    }

    /// <summary>Counts more bytes for a file, and drops others for them. It must be one that was touched last, and the bytes
    /// fewer than the capacity by far.</summary>
    public void Reserve(CachedFile file, long bytes)
    {
        if (!file.IsKept)
            return;
        MakeRoomFor(bytes);
        file.ReservedBytes += bytes;
        CostBytes += bytes;
    }

    public void Remove(CachedFile file)
    {
        byKey.Dictionary.Remove(file.Key);
        byUse.Remove(file.ByUse);
        if (file.ByHandleUse is { } node)
            byHandleUse.Remove(node);
        CostBytes -= file.CostBytes;
        file.IsKept = false;
        file.Promises.Clear();
        file.Copy?.Forget();
        file.Entry?.Release();
    }

    /// <summary>Lets those go that are kept open.</summary>
    public void LetHandlesGo()
    {
        while (byHandleUse.First is { } oldest)
            Remove(oldest.Value);
    }

    public void Clear()
    {
        while (byUse.First is { } oldest)
            Remove(oldest.Value);
    }

    // Where descriptors are few, one gives way to the next: that one will have a lower number.
    private bool MayStayOpen(CachedFile file)
    {
        if (file.ByHandleUse is null)
            return true;
        if (limits.MaxHandles > 0 && limits.Descriptors.AllowCached(file.Entry!.Handle!))
            return true;
        if (byHandleUse.First is { } oldest)
            Remove(oldest.Value);
        return false;
    }

    private void MakeRoomFor(CachedFile file)
    {
        if (file.ByHandleUse is not null && HandleCount == limits.MaxHandles)
            Remove(byHandleUse.First!.Value);
        MakeRoomFor(file.CostBytes);
    }

    private void MakeRoomFor(long bytes)
    {
        while (CostBytes + bytes > limits.CapacityBytes)
            Remove(byUse.First!.Value);
    }

    private static void MoveToEnd(LinkedList<CachedFile> list, LinkedListNode<CachedFile> node)
    {
        list.Remove(node);
        list.AddLast(node);
    }
}
