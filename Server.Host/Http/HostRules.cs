namespace Server.Host.Http;

/// <summary>Checks the Host field (RFC 9112, section 3.2; RFC 9110, section 7.2).</summary>
/// <remarks>An empty Host is valid: it is what a client sends whose target has no authority, and the server's default
/// applies (RFC 9112, section 3.3). A port without a host is not.</remarks>
internal static class HostRules
{
    private static readonly Refusal Missing = Refusal.BadRequest("HTTP/1.1 needs a Host field.");
    private static readonly Refusal Repeated = Refusal.BadRequest("Host must be given once.");
    private static readonly Refusal Malformed = Refusal.BadRequest("Host must be a host and an optional port.");

    public static Refusal? Check(Request request) =>
        request.CountOf(KnownField.Host) switch
        {
            0 => request.MinorVersion == 0 ? null : Missing,
            1 => IsWellFormed(request) ? null : Malformed,
            _ => Repeated,
        };

    private static bool IsWellFormed(Request request) =>
        request.TryGetField(KnownField.Host, out var host) && (host.IsEmpty || Authority.IsValid(host));
}
