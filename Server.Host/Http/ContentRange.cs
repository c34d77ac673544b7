namespace Server.Host.Http;

/// <summary>Writes the Content-Range field line (RFC 9110, section 14.4).</summary>
internal static class ContentRange
{
    private static ReadOnlySpan<byte> Name => "Content-Range: bytes "u8;

    /// <summary>At most how many bytes the line takes.</summary>
    public static int MaxBytes => Name.Length + "-/\r\n"u8.Length + (3 * HeadWriter.MaxDigits);

    /// <summary>How many bytes the line of a range takes.</summary>
    public static int LengthOf(ByteRange range, long completeBytes) =>
        Name.Length
        + "-/\r\n"u8.Length
        + HeadWriter.DigitsOf(range.First)
        + HeadWriter.DigitsOf(range.Last)
        + HeadWriter.DigitsOf(completeBytes);

    /// <summary>Says which part of how many bytes this is.</summary>
    public static void Write(ref HeadWriter head, ByteRange range, long completeBytes)
    {
        head.Put(Name);
        head.Put(range.First);
        head.Put("-"u8);
        head.Put(range.Last);
        EndWith(ref head, completeBytes);
    }

    /// <summary>Says how many bytes there are, to who asked for others (RFC 9110, section 15.5.17).</summary>
    public static void WriteUnsatisfied(ref HeadWriter head, long completeBytes)
    {
        head.Put(Name);
        head.Put("*"u8);
        EndWith(ref head, completeBytes);
    }

    private static void EndWith(ref HeadWriter head, long completeBytes)
    {
        head.Put("/"u8);
        head.Put(completeBytes);
        head.Put("\r\n"u8);
    }
}
