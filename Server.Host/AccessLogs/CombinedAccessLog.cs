using System.Net;
using Server.Host.Http;

namespace Server.Host.AccessLogs;

/// <summary>A line for each answer, in Apache's Combined format:
/// <c>client - - [time] "request line" status bytes "referer" "user agent"</c>.</summary>
/// <remarks>What a client chose is escaped as <see cref="LoggedBytes"/> says. The bytes are those of the content that was
/// sent; if there was none, for HEAD and 304 say, they are 0 (Apache's %B, where its %b is '-').</remarks>
/// <param name="lines">Where the lines go.</param>
/// <param name="clock">The time of day.</param>
internal sealed class CombinedAccessLog(IAccessLines lines, TimeProvider clock) : IAccessLog
{
    private readonly LogTime time = new(clock);

    private static ReadOnlySpan<byte> Missing => "-"u8;

    private static ReadOnlySpan<byte> Escape => @"\x"u8;

    public void Answered(EndPoint? client, Request request, int status, long contentBytes)
    {
        var line = new AccessLine();
        line.Add(client, Missing);
        line.Add(time.Text);
        AddRequestLine(ref line, request);
        line.Add("\" "u8);
        line.Add(status);
        line.Add(" "u8);
        line.Add(contentBytes);
        AddField(ref line, request, KnownField.Referer);
        AddField(ref line, request, KnownField.UserAgent);
        line.Add("\n"u8);
        lines.Add(line.Bytes);
        line.Return();
    }

    private static void AddRequestLine(ref AccessLine line, Request request)
    {
        if (request.MethodToken.IsEmpty)
        {
            line.Add(Missing);
            return;
        }
        line.AddEscaped(request.MethodToken, Escape);
        line.Add(" "u8);
        line.AddEscaped(request.Target, Escape);
        line.Add(" HTTP/1."u8);
        line.Add(request.MinorVersion);
    }

    private static void AddField(ref AccessLine line, Request request, KnownField field)
    {
        line.Add(" \""u8);
        if (request.TryGetField(field, out var value) && value.Length > 0)
            line.AddEscaped(value, Escape);
        else
            line.Add(Missing);
        line.Add("\""u8);
    }
}
