namespace Server.Host.Http;

/// <summary>Skips the content of a request, to find where the next one begins (RFC 9112, sections 6 and 7). Does no I/O
/// and allocates nothing.</summary>
internal sealed class BodyReader(RequestLimits limits)
{
    private readonly ChunkedReader chunked = new(limits);
    private BodyKind kind;
    private long remaining;

    /// <summary>Why the content was refused; meaningful after <see cref="BodyResult.Refused"/>.</summary>
    public Refusal Refusal => chunked.Refusal;

    /// <summary>Begins with the content that a request's head announced, within the limits the parser
    /// checked.</summary>
    public void Start(BodyFraming framing)
    {
        (kind, remaining) = (framing.Kind, framing.LengthBytes);
        chunked.Reset();
    }

    /// <summary>Reads on, with bytes it has not been given before.</summary>
    /// <param name="bytes">What came after the head or after the last call's bytes. May be empty, and may go beyond the
    /// content.</param>
    /// <param name="consumed">How many of them belong to the content; all of them if it is incomplete.</param>
    /// <returns>Stays as it is once it is complete or refused, until <see cref="Start"/>.</returns>
    public BodyResult Read(ReadOnlySpan<byte> bytes, out int consumed) =>
        kind == BodyKind.Chunked ? chunked.Read(bytes, out consumed) : Skip(bytes, out consumed);

    private BodyResult Skip(ReadOnlySpan<byte> bytes, out int consumed)
    {
        consumed = (int)Math.Min(remaining, bytes.Length);
        remaining -= consumed;
        return remaining == 0 ? BodyResult.Complete : BodyResult.Incomplete;
    }
}
