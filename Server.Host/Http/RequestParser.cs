namespace Server.Host.Http;

// Rules of this file:
// - The outcome depends on the bytes alone, never on how they were split. So each decision is taken at a fixed byte: on
//   the first byte of a request, on a line's LF, or on the byte that exceeds a limit; a limit comes before the syntax.
// - Bytes are looked at once: `scanned` is where the search for the next LF goes on, so one byte at a time stays O(n).
// - Positions are counted from the first byte given: between two calls the bytes may move to a larger buffer.
// - Stricter than RFC 9112 where leniency lets two recipients read one message differently: a bare LF ends no line
//   (section 2.2 permits it), folded fields are refused (section 5.2).

/// <summary>Turns bytes into a <see cref="Request"/> or a refusal (RFC 9112, sections 2 to 6). Does no I/O and
/// allocates nothing.</summary>
internal sealed class RequestParser(RequestLimits limits)
{
    // RFC 9112, section 2.2: at least one empty line should be ignored; old clients sent one after a POST.
    public const int MaxEmptyLines = 4;

    /// <summary>The request line is beyond its limit.</summary>
    public static readonly Refusal LongLine = new(414, "The request line is longer than this server takes.");

    // The first byte of a TLS record that opens a handshake (RFC 8446, section 5.1).
    private const byte TlsHandshake = 0x16;

    private static readonly Refusal BareLineFeed = Refusal.BadRequest("A line must end in CR LF.");
    private static readonly Refusal ManyEmptyLines = Refusal.BadRequest("A request line must come first.");
    private static readonly Refusal NoMethod = Refusal.BadRequest("A request line must begin with a method.");
    private static readonly Refusal Tls = Refusal.BadRequest("This looks like TLS; this port speaks plain HTTP.");
    private static readonly Refusal LongMethod = new(501, "The method is longer than any that is known here.");
    private static readonly Refusal LongHead = new(431, "The fields are longer than this server takes.");
    private static readonly Refusal ManyFields = new(431, "The fields are more than this server takes.");

    private ParsePhase phase;
    private int emptyLines;
    private int lineStart;
    private int scanned;

    /// <summary>Why the request was refused; meaningful after <see cref="ParseResult.Refused"/>.</summary>
    public Refusal Refusal { get; private set; }

    /// <summary>Reads on, with all the bytes of the request so far.</summary>
    /// <param name="bytes">Those of the last call and whatever came since; may go beyond the head. A buffer of
    /// <see cref="RequestLimits.HeadBytes"/> is large enough: full, it is never <see cref="ParseResult.Incomplete"/>.
    /// </param>
    /// <param name="request">The same one until the head is complete. Reset when a new head begins.</param>
    /// <returns>After <see cref="ParseResult.Complete"/> the next call begins the next request. A refusal stays until
    /// <see cref="Reset"/>.</returns>
    /// <exception cref="ArgumentException">There are fewer bytes than in the last call.</exception>
    public ParseResult Parse(ReadOnlyMemory<byte> bytes, Request request)
    {
        if (phase == ParsePhase.Refused)
            return ParseResult.Refused;
        if (bytes.Length < scanned)
            throw new ArgumentException($"Give all bytes so far, at least {scanned}, but they were {bytes.Length}.");
        if (scanned == 0)
            request.Reset();
        request.Attach(bytes);
        return ReadLines(bytes.Span, request) is { } refusal ? Refuse(refusal) : Result();
    }

    /// <summary>Forgets a request that was refused or abandoned.</summary>
    public void Reset()
    {
        (phase, emptyLines, lineStart, scanned) = (ParsePhase.BeforeRequestLine, 0, 0, 0);
        Refusal = default;
    }

    private ParseResult Refuse(Refusal refusal)
    {
        phase = ParsePhase.Refused;
        Refusal = refusal;
        return ParseResult.Refused;
    }

    private ParseResult Result()
    {
        if (phase != ParsePhase.Complete)
            return ParseResult.Incomplete;
        Reset();
        return ParseResult.Complete;
    }

    private Refusal? ReadLines(ReadOnlySpan<byte> head, Request request)
    {
        if (phase == ParsePhase.BeforeRequestLine && SkipEmptyLines(head) is { } early)
            return early;
        while (TryFindLineEnd(head, out var lineFeed))
        {
            if (ReadLine(head, lineFeed, request) is { } refusal)
                return refusal;
            if (phase == ParsePhase.Complete)
                return null;
        }
        return head.Length >= LineLimit ? TooLong(head, request) : null;
    }

    private Refusal? SkipEmptyLines(ReadOnlySpan<byte> head)
    {
        for (; lineStart < head.Length; lineStart += 2, scanned = lineStart, emptyLines++)
        {
            if (head[lineStart] != (byte)'\r')
                return CheckFirstByte(head[lineStart]);
            if (emptyLines == MaxEmptyLines)
                return ManyEmptyLines;
            if (lineStart + 1 == head.Length)
                return null;
            if (head[lineStart + 1] != (byte)'\n')
                return NoMethod;
        }
        return null;
    }

    // A peer that doesn't speak HTTP may wait for an answer without ever ending a line: its first byte is enough.
    private Refusal? CheckFirstByte(byte first)
    {
        phase = ParsePhase.RequestLine;
        if (first == TlsHandshake)
            return Tls;
        if (first == (byte)'\n')
            return BareLineFeed;
        return Octets.Token.Contains(first) ? null : NoMethod;
    }

    private bool TryFindLineEnd(ReadOnlySpan<byte> head, out int lineFeed)
    {
        var found = head[scanned..].IndexOf((byte)'\n');
        lineFeed = scanned + found;
        scanned = found < 0 ? head.Length : lineFeed + 1;
        return found >= 0;
    }

    /// <summary>Where the line must have ended: the LF stands before this position.</summary>
    private int LineLimit =>
        phase == ParsePhase.Field ? limits.HeadBytes : Math.Min(lineStart + limits.RequestLineBytes, limits.HeadBytes);

    private Refusal? ReadLine(ReadOnlySpan<byte> head, int lineFeed, Request request)
    {
        if (lineFeed >= LineLimit)
            return TooLong(head, request);
        if (lineFeed == lineStart || head[lineFeed - 1] != (byte)'\r')
            return BareLineFeed;
        var line = new Slice(lineStart, lineFeed - 1 - lineStart);
        lineStart = lineFeed + 1;
        return phase == ParsePhase.RequestLine ? ReadRequestLine(head, line, request) : ReadField(head, line, request);
    }

    private Refusal? ReadRequestLine(ReadOnlySpan<byte> head, Slice line, Request request)
    {
        var refusal = RequestLine.Read(head, line, out var requestLine);
        request.Add(requestLine);
        phase = ParsePhase.Field;
        return refusal;
    }

    private Refusal? ReadField(ReadOnlySpan<byte> head, Slice line, Request request)
    {
        if (line.Length == 0)
        {
            phase = ParsePhase.Complete;
            return request.Complete(lineStart, limits);
        }
        if (request.FieldCount == limits.Fields)
            return ManyFields;
        if (FieldLine.Read(head, line, out var field) is { } refusal)
            return refusal;
        request.Add(field);
        return null;
    }

    private Refusal TooLong(ReadOnlySpan<byte> head, Request request)
    {
        if (phase == ParsePhase.Field)
            return LongHead;
        // RFC 9112, section 3: too long a target is 414, too long a method is 501.
        var line = head[lineStart..LineLimit];
        request.Add(new RequestLine { Method = RequestLine.MethodOf(line) });
        if (line.Contains((byte)' '))
            return LongLine;
        return line.ContainsAnyExcept(Octets.Token) ? NoMethod : LongMethod;
    }
}
