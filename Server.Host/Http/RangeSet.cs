namespace Server.Host.Http;

/// <summary>The parts of a representation that are sent, in the order in which they were asked for. No two of them overlap or
/// touch: together they are never longer than the whole.</summary>
/// <remarks>Grows to what the largest request so far needed and is reused: it allocates only while it grows.</remarks>
internal sealed class RangeSet
{
    private ByteRange[] ranges = new ByteRange[2];

    /// <summary>How many there are; 0 means that the whole is sent.</summary>
    public int Count { get; private set; }

    public ByteRange this[int index] => ranges[index];

    /// <summary>Adds a part. Those that it touches become one with it, where the first of them stood (RFC 9110, section
    /// 15.3.7.2).</summary>
    public void Add(ByteRange range)
    {
        var (kept, place) = (0, -1);
        for (var index = 0; index < Count; index++)
        {
            if (!ranges[index].Touches(range))
            {
                ranges[kept++] = ranges[index];
                continue;
            }
            range = range.Union(ranges[index]);
            if (place < 0)
                place = kept++;
        }
        Count = kept;
        if (place < 0)
            place = Append();
        ranges[place] = range;
    }

    public void Clear() => Count = 0;

    private int Append()
    {
        if (Count == ranges.Length)
            Array.Resize(ref ranges, ranges.Length * 2);
        return Count++;
    }
}
