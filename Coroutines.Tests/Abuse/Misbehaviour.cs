using System.Text;

namespace Coroutines.Tests.Abuse;

/// <summary>How a slow client wastes a server's time.</summary>
/// <param name="Name">What it is slow with.</param>
/// <param name="Opening">What it sends at once.</param>
/// <param name="Drip">What it sends after that, a byte at a time, again and again; empty for nothing.</param>
internal sealed record Misbehaviour(string Name, byte[] Opening, byte[] Drip)
{
    private const int Ranges = 200;

    public static Misbehaviour[] All { get; } =
    [
        Of("head", "GET /page.bin HTTP/1.1\r\nHost: localhost\r\n", "X-Slow: 1\r\n"),
        Of("content", "POST /page.bin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n", "."),
        Of("read", "GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n", ""),
        Of("ranges", $"GET /large.bin HTTP/1.1\r\nHost: localhost\r\nRange: bytes={Overlapping()}\r\n\r\n", ""),
    ];

    public override string ToString() => Name;

    private static Misbehaviour Of(string name, string opening, string drip) =>
        new(name, Encoding.ASCII.GetBytes(opening), Encoding.ASCII.GetBytes(drip));

    // Each alone would be the whole file.
    private static string Overlapping() => string.Join(',', Enumerable.Range(0, Ranges).Select(first => $"{first}-"));
}
