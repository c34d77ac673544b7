namespace Server.Host.Http;

/// <summary>A request line in its parts: <c>method SP target SP HTTP/d.d</c> (RFC 9112, section 3).</summary>
/// <param name="MinorVersion">0 for HTTP/1.0, else 1: a higher minor version is served as 1.1 (RFC 9110, section 6.2).
/// </param>
internal readonly record struct RequestLine(Method Method, Slice MethodToken, RequestTarget Target, int MinorVersion)
{
    private static readonly Refusal BadMethod = Refusal.BadRequest("The method must be a token.");
    private static readonly Refusal NoVersion = Refusal.BadRequest(
        "The request line must be: method, blank, target, blank, version."
    );
    private static readonly Refusal BadVersion = Refusal.BadRequest("The version must be HTTP/1.1 or HTTP/1.0.");
    private static readonly Refusal OtherVersion = new(505, "Only HTTP/1.1 and HTTP/1.0 are served here.");

    /// <param name="head">The bytes that <paramref name="line"/> is a part of.</param>
    /// <param name="line">The line without its CR LF.</param>
    /// <param name="result">The parts; if refused, <see cref="Method"/> alone.</param>
    public static Refusal? Read(ReadOnlySpan<byte> head, Slice line, out RequestLine result)
    {
        var bytes = line.Of(head);
        result = new() { Method = MethodOf(bytes) };
        var method = bytes.IndexOf((byte)' ');
        if (method < 0)
            return bytes.ContainsAnyExcept(Octets.Token) ? BadMethod : NoVersion;
        if (method == 0 || bytes[..method].ContainsAnyExcept(Octets.Token))
            return BadMethod;
        var afterMethod = line.After(method + 1);
        var target = afterMethod.Of(head).IndexOf((byte)' ');
        if (target < 0)
            return NoVersion;
        // The version comes first: the preface of HTTP/2 has a target that is malformed here, and deserves a 505.
        return ReadVersion(afterMethod.After(target + 1).Of(head), out var minor)
            ?? ReadTarget(head, line.First(method), afterMethod.First(target), minor, ref result);
    }

    /// <summary>The method of a line of which the rest may be malformed, or missing.</summary>
    public static Method MethodOf(ReadOnlySpan<byte> line) =>
        Http.MethodToken.Recognise(line[..Math.Max(line.IndexOf((byte)' '), 0)]);

    private static Refusal? ReadVersion(ReadOnlySpan<byte> version, out int minor)
    {
        minor = 0;
        if (version.Length != "HTTP/1.1"u8.Length || !version.StartsWith("HTTP/"u8) || version[6] != (byte)'.')
            return BadVersion;
        if (!char.IsAsciiDigit((char)version[5]) || !char.IsAsciiDigit((char)version[7]))
            return BadVersion;
        minor = version[7] == (byte)'0' ? 0 : 1;
        return version[5] == (byte)'1' ? null : OtherVersion;
    }

    private static Refusal? ReadTarget(
        ReadOnlySpan<byte> head,
        Slice token,
        Slice whole,
        int minor,
        ref RequestLine result
    )
    {
        var refusal = RequestTarget.Read(head, whole, result.Method, out var target);
        if (refusal is null)
            result = new(result.Method, token, target, minor);
        return refusal;
    }
}
