namespace Server.Host.Http;

// Rules of this file:
// - It is a state machine over single bytes, so that any split of the bytes gives the same outcome; only content is
//   skipped in one go.
// - Framing is exact: CR LF and nothing else, hex digits and nothing else. What one recipient forgives and another does
//   not is how requests are smuggled.
// - All that is not content is bounded as well: digits, extensions, trailers.

/// <summary>Skips a chunked content with its extensions and trailers (RFC 9112, section 7.1).</summary>
internal sealed class ChunkedReader(RequestLimits limits)
{
    // As many as a 64-bit size has; more could only be leading zeros.
    public const int MaxSizeDigits = 16;

    // hyper: CHUNKED_EXTENSIONS_LIMIT 16 KiB, over all chunks of one content (CVE-2023-39326 is what comes without it).
    public const int MaxExtensionBytes = 16_384;

    private static readonly Refusal BadSize = Refusal.BadRequest("A chunk must begin with its size in hex digits.");
    private static readonly Refusal LongSize = Refusal.BadRequest("A chunk size has at most 16 digits.");
    private static readonly Refusal BadExtension = Refusal.BadRequest("A chunk extension is malformed.");
    private static readonly Refusal LongExtensions = Refusal.BadRequest("The chunk extensions are too long.");
    private static readonly Refusal BadLineEnd = Refusal.BadRequest("A chunk line must end in CR LF.");
    private static readonly Refusal BadContentEnd = Refusal.BadRequest("A chunk must end in CR LF after its content.");
    private static readonly Refusal BadTrailer = Refusal.BadRequest("A trailer field is malformed.");
    private static readonly Refusal LongContent = new(413, "The content is longer than this server takes.");
    private static readonly Refusal LongTrailers = new(431, "The trailer fields are longer than this server takes.");
    private static readonly Refusal ManyTrailers = new(431, "The trailer fields are more than this server takes.");

    private ChunkPhase phase;
    private long size;
    private int sizeDigits;
    private long contentBytes;
    private ChunkExtension extension;
    private int extensionBytes;
    private int trailerBytes;
    private int trailers;

    /// <summary>Why the content was refused; meaningful after <see cref="BodyResult.Refused"/>.</summary>
    public Refusal Refusal { get; private set; }

    public void Reset()
    {
        (phase, size, sizeDigits, contentBytes) = (ChunkPhase.FirstSizeDigit, 0, 0, 0);
        (extensionBytes, trailerBytes, trailers) = (0, 0, 0);
        Refusal = default;
    }

    /// <inheritdoc cref="BodyReader.Read"/>
    public BodyResult Read(ReadOnlySpan<byte> bytes, out int consumed)
    {
        for (consumed = 0; consumed < bytes.Length && phase < ChunkPhase.Complete; )
        {
            if (phase == ChunkPhase.Content)
                consumed += SkipContent(bytes.Length - consumed);
            else if (Step(bytes[consumed++]) is { } refusal)
                (phase, Refusal) = (ChunkPhase.Refused, refusal);
        }
        return phase switch
        {
            ChunkPhase.Complete => BodyResult.Complete,
            ChunkPhase.Refused => BodyResult.Refused,
            _ => BodyResult.Incomplete,
        };
    }

    // While content is skipped, `size` is what is left of it.
    private int SkipContent(int available)
    {
        var skipped = (int)Math.Min(size, available);
        size -= skipped;
        if (size == 0)
            phase = ChunkPhase.ContentReturn;
        return skipped;
    }

    private Refusal? Step(byte next) =>
        phase switch
        {
            ChunkPhase.FirstSizeDigit => char.IsAsciiHexDigit((char)next) ? AddSizeDigit(next) : BadSize,
            ChunkPhase.SizeDigits => char.IsAsciiHexDigit((char)next) ? AddSizeDigit(next) : EndSize(next),
            ChunkPhase.Blanks => ReadBlank(next),
            ChunkPhase.Extension => ReadExtension(next),
            ChunkPhase.SizeLineFeed => next == (byte)'\n' ? EndSizeLine() : BadLineEnd,
            ChunkPhase.ContentReturn => Expect(next, (byte)'\r', ChunkPhase.ContentLineFeed, BadContentEnd),
            ChunkPhase.ContentLineFeed => Expect(next, (byte)'\n', ChunkPhase.FirstSizeDigit, BadContentEnd),
            _ => CountTrailerByte() ?? StepTrailer(next),
        };

    private Refusal? StepTrailer(byte next) =>
        phase switch
        {
            ChunkPhase.TrailerStart => BeginTrailer(next),
            ChunkPhase.TrailerName => ReadTrailerName(next),
            ChunkPhase.TrailerValue => ReadTrailerValue(next),
            ChunkPhase.TrailerLineFeed => Expect(next, (byte)'\n', ChunkPhase.TrailerStart, BadTrailer),
            _ => Expect(next, (byte)'\n', ChunkPhase.Complete, BadLineEnd),
        };

    private Refusal? Expect(byte next, byte expected, ChunkPhase then, Refusal otherwise)
    {
        phase = then;
        return next == expected ? null : otherwise;
    }

    private Refusal? Continue(ChunkPhase next)
    {
        phase = next;
        return null;
    }

    // The limit is checked at each digit, so `size` cannot overflow.
    private Refusal? AddSizeDigit(byte digit)
    {
        if (phase == ChunkPhase.FirstSizeDigit)
            (size, sizeDigits) = (0, 0);
        if (sizeDigits++ == MaxSizeDigits)
            return LongSize;
        size = size * 16 + HexValue(digit);
        return size > limits.BodyBytes - contentBytes ? LongContent : Continue(ChunkPhase.SizeDigits);
    }

    private static int HexValue(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private Refusal? EndSize(byte next) =>
        next switch
        {
            (byte)'\r' => Continue(ChunkPhase.SizeLineFeed),
            (byte)';' => CountExtensionByte() ?? BeginExtension(),
            (byte)' ' or (byte)'\t' => CountExtensionByte() ?? Continue(ChunkPhase.Blanks),
            _ => BadSize,
        };

    // Blanks are allowed before an extension (section 7.1.1), not before the line's end.
    private Refusal? ReadBlank(byte next) => next == (byte)'\r' ? BadSize : EndSize(next);

    private Refusal? ReadExtension(byte next)
    {
        if (next == (byte)'\r' && extension.MayEnd)
            return Continue(ChunkPhase.SizeLineFeed);
        return extension.TryTake(next) ? CountExtensionByte() : BadExtension;
    }

    private Refusal? BeginExtension()
    {
        extension = default;
        return Continue(ChunkPhase.Extension);
    }

    private Refusal? CountExtensionByte() => ++extensionBytes > MaxExtensionBytes ? LongExtensions : null;

    private Refusal? EndSizeLine()
    {
        contentBytes += size;
        return Continue(size == 0 ? ChunkPhase.TrailerStart : ChunkPhase.Content);
    }

    private Refusal? CountTrailerByte() => ++trailerBytes > limits.HeadBytes ? LongTrailers : null;

    private Refusal? BeginTrailer(byte next)
    {
        if (next == (byte)'\r')
            return Continue(ChunkPhase.LastLineFeed);
        if (!Octets.Token.Contains(next))
            return BadTrailer;
        return ++trailers > limits.Fields ? ManyTrailers : Continue(ChunkPhase.TrailerName);
    }

    private Refusal? ReadTrailerName(byte next)
    {
        if (next == (byte)':')
            return Continue(ChunkPhase.TrailerValue);
        return Octets.Token.Contains(next) ? null : BadTrailer;
    }

    private Refusal? ReadTrailerValue(byte next)
    {
        if (next == (byte)'\r')
            return Continue(ChunkPhase.TrailerLineFeed);
        return Octets.Controls.Contains(next) ? BadTrailer : null;
    }
}
