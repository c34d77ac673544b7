using System.Net;

namespace Server.Host.Http;

/// <summary>The syntax of <c>host [":" port]</c>, as in Host and in request targets (RFC 9110, section 7.2; RFC 3986,
/// section 3.2).</summary>
/// <remarks>A user in front of the host is refused (RFC 9110, section 4.2.4). The literal of a future address
/// (<c>[v1.x]</c>) is a name like any other here.</remarks>
internal static class Authority
{
    private const int MaxPort = 65_535;

    /// <summary>Whether this is a host with an optional port. An empty port is one that is left to the
    /// scheme.</summary>
    public static bool IsValid(ReadOnlySpan<byte> authority) =>
        TrySplit(authority, out var host, out var port) && IsHost(host) && (port.IsEmpty || TryReadPort(port, out _));

    /// <summary>Whether this is a host with a port that can be connected to (RFC 9110, section 9.3.6).</summary>
    public static bool IsValidForConnect(ReadOnlySpan<byte> authority) =>
        TrySplit(authority, out var host, out var port)
        && IsHost(host)
        && TryReadPort(port, out var number)
        && number > 0;

    private static bool TrySplit(ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> host, out ReadOnlySpan<byte> port)
    {
        // The colons inside an IPv6 literal are not the port's.
        var hostEnd = authority is [(byte)'[', ..] ? authority.IndexOf((byte)']') + 1 : authority.IndexOf((byte)':');
        if (hostEnd < 0)
            hostEnd = authority.Length;
        host = authority[..hostEnd];
        var rest = authority[hostEnd..];
        port = rest.IsEmpty ? rest : rest[1..];
        return rest is [] or [(byte)':', ..];
    }

    private static bool IsHost(ReadOnlySpan<byte> host) =>
        host switch
        {
            [] => false,
            [(byte)'[', (byte)'v' or (byte)'V', .. var future, (byte)']'] => IsFuture(future),
            [(byte)'[', .. var literal, (byte)']'] => IsIpv6(literal),
            _ => !host.ContainsAnyExcept(Octets.RegisteredName) && HasWholeEscapes(host),
        };

    private static bool IsIpv6(ReadOnlySpan<byte> literal) =>
        !literal.ContainsAnyExcept(Octets.Ipv6Literal) && literal.Contains((byte)':') && IPAddress.IsValidUtf8(literal);

    // 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
    private static bool IsFuture(ReadOnlySpan<byte> version)
    {
        var dot = version.IndexOf((byte)'.');
        if (dot <= 0 || dot == version.Length - 1)
            return false;
        return !version[..dot].ContainsAnyExcept(Octets.HexDigits)
            && !version[(dot + 1)..].ContainsAnyExcept(Octets.FutureLiteral);
    }

    private static bool HasWholeEscapes(ReadOnlySpan<byte> name)
    {
        for (var percent = name.IndexOf((byte)'%'); percent >= 0; percent = name.IndexOf((byte)'%'))
        {
            name = name[(percent + 1)..];
            if (name.Length < 2 || !char.IsAsciiHexDigit((char)name[0]) || !char.IsAsciiHexDigit((char)name[1]))
                return false;
        }
        return true;
    }

    private static bool TryReadPort(ReadOnlySpan<byte> digits, out int port)
    {
        port = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            port = port * 10 + (digit - '0');
            if (port > MaxPort)
                return false;
        }
        return !digits.IsEmpty;
    }
}
