using System.Buffers.Text;
using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>Writes the lines of a head into bytes that have room for them. Allocates nothing.</summary>
internal ref struct HeadWriter(Span<byte> destination)
{
    /// <summary>At most how many digits a length or a position has.</summary>
    public const int MaxDigits = 19;

    private Span<byte> rest = destination;

    /// <summary>How many bytes were written.</summary>
    public int Written { get; private set; }

    /// <param name="number">A length or a position.</param>
    public static int DigitsOf(long number)
    {
        var digits = 1;
        for (; number >= 10; number /= 10)
            digits++;
        return digits;
    }

    public void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        Advance(bytes.Length);
    }

    /// <exception cref="ArgumentException">There is no room for it.</exception>
    public void Put(long number)
    {
        if (!Utf8Formatter.TryFormat(number, rest, out var digits))
            throw new ArgumentException($"A head must have room for {number}, but had {rest.Length} bytes.");
        Advance(digits);
    }

    /// <summary>Writes a request's path and query with a slash between.</summary>
    public void PutWithSlash(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query) =>
        Advance(SlashRedirect.Write(path, query, rest));

    private void Advance(int bytes)
    {
        rest = rest[bytes..];
        Written += bytes;
    }
}
