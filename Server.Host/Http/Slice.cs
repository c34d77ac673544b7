namespace Server.Host.Http;

/// <summary>A part of a head, counted from the head's first byte; it stays right when the bytes move to a larger
/// buffer.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    public int End => Start + Length;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> head) => head.Slice(Start, Length);

    /// <summary>The first <paramref name="length"/> bytes of this part.</summary>
    public Slice First(int length) => new(Start, length);

    /// <summary>What is left of this part without its first <paramref name="length"/> bytes.</summary>
    public Slice After(int length) => new(Start + length, Length - length);
}
