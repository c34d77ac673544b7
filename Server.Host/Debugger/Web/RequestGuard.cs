using System.Text;
using Server.Host.Http;

namespace Server.Host.Debugger.Web;

/// <summary>Decides whose requests are answered: those of the page itself, of its address typed into a browser, and of
/// programs on this machine. Not those that another page has a browser make.</summary>
/// <remarks>
/// A page of somebody else's, open in the same browser, can send requests here. It can't read the token, which alone would
/// do; the other checks hold even where a token has got out. Host: a name of a foreign domain that was made to mean
/// 127.0.0.1 isn't ours. Origin and Sec-Fetch-Site: the browser itself says which page asks.
/// </remarks>
/// <param name="port">Where it listens.</param>
internal sealed class RequestGuard(int port)
{
    private readonly string[] hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];

    /// <summary>Whether this request comes from elsewhere.</summary>
    public bool Refuses(Request request)
    {
        if (!IsHost(request.Authority))
            return true;
        foreach (var field in request.Fields)
            if (IsForeign(field))
                return true;
        return false;
    }

    // Each line counts: who sends two of them is believed in neither.
    private bool IsForeign(Field field) =>
        Ascii.EqualsIgnoreCase(field.Name, "Origin"u8)
            ? !IsOwnOrigin(field.Value)
            : Ascii.EqualsIgnoreCase(field.Name, "Sec-Fetch-Site"u8) && !IsOwnSite(field.Value);

    // Names don't depend on the case of letters (RFC 3986, section 3.2.2).
    private bool IsHost(ReadOnlySpan<byte> authority)
    {
        foreach (var host in hosts)
            if (Ascii.EqualsIgnoreCase(authority, host))
                return true;
        return false;
    }

    private bool IsOwnOrigin(ReadOnlySpan<byte> origin) =>
        origin.StartsWith("http://"u8) && IsHost(origin["http://".Length..]);

    // 'none' is what somebody typed, or opened from outside of a browser.
    private static bool IsOwnSite(ReadOnlySpan<byte> site) =>
        site.SequenceEqual("same-origin"u8) || site.SequenceEqual("none"u8);
}
