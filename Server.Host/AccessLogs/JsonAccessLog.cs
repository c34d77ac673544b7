using System.Net;
using Server.Host.Http;

namespace Server.Host.AccessLogs;

/// <summary>A JSON object for each answer, in a line of its own.</summary>
/// <remarks>A text that a client chose says the same as in the Combined format: its bytes, with <c>\xhh</c> for what isn't
/// printable ASCII; JSON then wants the backslash twice. What is missing, or couldn't be read, is null.</remarks>
/// <param name="lines">Where the lines go.</param>
/// <param name="clock">The time of day.</param>
internal sealed class JsonAccessLog(IAccessLines lines, TimeProvider clock) : IAccessLog
{
    private static ReadOnlySpan<byte> Null => "null"u8;

    private static ReadOnlySpan<byte> Escape => @"\\x"u8;

    public void Answered(EndPoint? client, Request request, int status, long contentBytes)
    {
        var line = new AccessLine();
        line.Add("{\"time\":\""u8);
        line.Add(clock.GetUtcNow(), "yyyy-MM-ddTHH:mm:ss.fffZ");
        AddClient(ref line, client);
        AddRequestLine(ref line, request);
        line.Add(",\"status\":"u8);
        line.Add(status);
        line.Add(",\"bytes\":"u8);
        line.Add(contentBytes);
        AddText(ref line, ",\"referer\":"u8, request.TryGetField(KnownField.Referer, out var referer), referer);
        AddText(ref line, ",\"userAgent\":"u8, request.TryGetField(KnownField.UserAgent, out var agent), agent);
        line.Add("}\n"u8);
        lines.Add(line.Bytes);
        line.Return();
    }

    private static void AddClient(ref AccessLine line, EndPoint? client)
    {
        var isKnown = client is IPEndPoint;
        line.Add(isKnown ? "\",\"client\":\""u8 : "\",\"client\":"u8);
        line.Add(client, Null);
        line.Add(isKnown ? "\""u8 : ""u8);
    }

    private static void AddRequestLine(ref AccessLine line, Request request)
    {
        var isRead = !request.MethodToken.IsEmpty;
        AddText(ref line, ",\"method\":"u8, isRead, request.MethodToken);
        AddText(ref line, ",\"target\":"u8, isRead, request.Target);
        var protocol = request.MinorVersion == 0 ? "HTTP/1.0"u8 : "HTTP/1.1"u8;
        AddText(ref line, ",\"protocol\":"u8, isRead, protocol);
    }

    private static void AddText(ref AccessLine line, ReadOnlySpan<byte> name, bool isThere, ReadOnlySpan<byte> value)
    {
        line.Add(name);
        if (!isThere)
        {
            line.Add(Null);
            return;
        }
        line.Add("\""u8);
        line.AddEscaped(value, Escape);
        line.Add("\""u8);
    }
}
