namespace Server.Host.Http;

/// <summary>A part of a representation, in bytes.</summary>
/// <param name="First">The position of its first byte; 0 is the representation's.</param>
/// <param name="LengthBytes">At least 1.</param>
internal readonly record struct ByteRange(long First, long LengthBytes)
{
    /// <summary>The position of its last byte: what Content-Range names.</summary>
    public long Last => First + LengthBytes - 1;

    private long End => First + LengthBytes;

    /// <summary>Whether the two overlap, or the one begins where the other ends.</summary>
    public bool Touches(ByteRange other) => First <= other.End && other.First <= End;

    /// <summary>Both, and what lies between them.</summary>
    public ByteRange Union(ByteRange other)
    {
        var first = Math.Min(First, other.First);
        return new(first, Math.Max(End, other.End) - first);
    }
}
