using System.Text;

namespace Server.Host.Http;

/// <summary>A request target in its parts (RFC 9112, section 3.2). Escapes are left as they came.</summary>
/// <param name="Whole">The target as it came.</param>
/// <param name="Authority">Empty in origin-form and asterisk-form.</param>
/// <param name="Path">Up to the query; empty in authority-form, and where an absolute-form has none.</param>
/// <param name="Query">With its '?'; empty if there is none.</param>
/// <param name="IsOfHttps">Whether it is of the scheme https.</param>
internal readonly record struct RequestTarget(
    TargetForm Form,
    Slice Whole,
    Slice Authority,
    Slice Path,
    Slice Query,
    bool IsOfHttps = false
)
{
    private static readonly Refusal Empty = Refusal.BadRequest("The request target is empty.");
    private static readonly Refusal ForbiddenByte = Refusal.BadRequest(
        "The request target holds a byte that must be escaped."
    );
    private static readonly Refusal UnknownForm = Refusal.BadRequest(
        "The request target must begin with '/' or 'http://'."
    );
    private static readonly Refusal BadAuthority = Refusal.BadRequest(
        "The request target must name a host, without a user, and a port of at most 65535."
    );
    private static readonly Refusal AsteriskWithoutOptions = Refusal.BadRequest(
        "The request target '*' goes with OPTIONS alone."
    );
    private static readonly Refusal BadConnect = Refusal.BadRequest("CONNECT takes a target of the form host:port.");

    public static Refusal? Read(ReadOnlySpan<byte> head, Slice whole, Method method, out RequestTarget target)
    {
        target = default;
        var bytes = whole.Of(head);
        if (bytes.IsEmpty)
            return Empty;
        if (bytes.ContainsAnyExcept(Octets.Target))
            return ForbiddenByte;
        if (method == Method.Connect)
            return ReadAuthority(bytes, whole, out target);
        if (bytes[0] == (byte)'/')
            return ReadOrigin(bytes, whole, out target);
        return bytes is [(byte)'*'] ? ReadAsterisk(whole, method, out target) : ReadAbsolute(bytes, whole, out target);
    }

    private static Refusal? ReadOrigin(ReadOnlySpan<byte> bytes, Slice whole, out RequestTarget target)
    {
        var path = PathLength(bytes);
        target = new(TargetForm.Origin, whole, default, whole.First(path), whole.After(path));
        return null;
    }

    private static Refusal? ReadAsterisk(Slice whole, Method method, out RequestTarget target)
    {
        target = new(TargetForm.Asterisk, whole, default, whole, default);
        return method == Method.Options ? null : AsteriskWithoutOptions;
    }

    private static Refusal? ReadAuthority(ReadOnlySpan<byte> bytes, Slice whole, out RequestTarget target)
    {
        target = new(TargetForm.Authority, whole, whole, default, default);
        return Http.Authority.IsValidForConnect(bytes) ? null : BadConnect;
    }

    private static Refusal? ReadAbsolute(ReadOnlySpan<byte> bytes, Slice whole, out RequestTarget target)
    {
        target = default;
        var isOfHttps = StartsWith(bytes, "https://"u8);
        if (!isOfHttps && !StartsWith(bytes, "http://"u8))
            return UnknownForm;
        var scheme = isOfHttps ? "https://"u8.Length : "http://"u8.Length;
        var afterScheme = whole.After(scheme);
        var authority = afterScheme.First(AuthorityLength(bytes[scheme..]));
        if (!Http.Authority.IsValid(bytes.Slice(scheme, authority.Length)))
            return BadAuthority;
        var pathAndQuery = afterScheme.After(authority.Length);
        var path = PathLength(bytes[(scheme + authority.Length)..]);
        target = new(
            TargetForm.Absolute,
            whole,
            authority,
            pathAndQuery.First(path),
            pathAndQuery.After(path),
            isOfHttps
        );
        return null;
    }

    private static bool StartsWith(ReadOnlySpan<byte> target, ReadOnlySpan<byte> scheme) =>
        target.Length >= scheme.Length && Ascii.EqualsIgnoreCase(target[..scheme.Length], scheme);

    private static int AuthorityLength(ReadOnlySpan<byte> afterScheme) =>
        OrLength(afterScheme.IndexOfAny((byte)'/', (byte)'?'), afterScheme);

    private static int PathLength(ReadOnlySpan<byte> pathAndQuery) =>
        OrLength(pathAndQuery.IndexOf((byte)'?'), pathAndQuery);

    private static int OrLength(int index, ReadOnlySpan<byte> bytes) => index < 0 ? bytes.Length : index;
}
