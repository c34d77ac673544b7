namespace Coroutines.Exploring;

/// <summary>The open files of a process, by their numbers: the lowest that is free is given first.</summary>
public sealed class DescriptorTable
{
    /// <summary>How many a process may have, unless one says otherwise.</summary>
    /// <remarks>Linux: <c>ulimit -n</c> is 1024.</remarks>
    public const int DefaultLimit = 1024;

    internal const int Full = -24; // EMFILE
    private const int First = 3; // 0 to 2 are the standard streams

    private readonly SortedDictionary<int, OpenFile> files = [];
    private readonly int limit;

    internal DescriptorTable(int limit) => this.limit = limit;

    /// <summary>Opens a file. Yield before.</summary>
    /// <returns>The descriptor; negative if the table is full.</returns>
    public int Open(OpenFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var free = Enumerable.Range(First, files.Count + 1).First(number => !files.ContainsKey(number));
        if (free >= limit)
            return Full;
        files.Add(free, file);
        file.Descriptors++;
        return free;
    }

    /// <summary>Closes a descriptor. Yield before.</summary>
    /// <exception cref="InvalidOperationException">It isn't open (EBADF).</exception>
    public void Close(int descriptor)
    {
        if (!files.Remove(descriptor, out var file))
            throw new InvalidOperationException($"A descriptor that is closed must be open, but {descriptor} wasn't.");
        file.IsClosed = --file.Descriptors == 0;
    }

    /// <inheritdoc/>
    public override string ToString() => files.Count == 0 ? "-" : string.Join(' ', files.Keys);

    internal DescriptorTable Copy()
    {
        var copy = new DescriptorTable(limit);
        foreach (var (number, file) in files)
        {
            copy.files.Add(number, file);
            file.Descriptors++;
        }
        return copy;
    }

    internal void CloseAll()
    {
        foreach (var descriptor in files.Keys.ToArray())
            Close(descriptor);
    }
}
