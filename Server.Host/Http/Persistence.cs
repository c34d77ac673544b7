using System.Text;

namespace Server.Host.Http;

/// <summary>Whether a client wants its connection kept (RFC 9112, section 9.3).</summary>
internal static class Persistence
{
    /// <summary><c>close</c> beats all; HTTP/1.1 keeps the connection without being asked, HTTP/1.0 only when asked.
    /// </summary>
    public static bool IsWanted(Request request)
    {
        var wanted = request.MinorVersion > 0;
        foreach (var value in request.ValuesOf(KnownField.Connection))
        foreach (var option in new ListElements(value))
        {
            if (Ascii.EqualsIgnoreCase(option, "close"u8))
                return false;
            wanted |= Ascii.EqualsIgnoreCase(option, "keep-alive"u8);
        }
        return wanted;
    }
}
