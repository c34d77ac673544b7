using System.Globalization;
using System.Net;
using System.Text;
using Server.Host.Http;

namespace Server.Host;

/// <summary>A JSON object for each answer, in a line of its own.</summary>
/// <remarks>A text that a client chose says the same as in the Combined format: its bytes, with <c>\xhh</c> for what isn't
/// printable ASCII; JSON then wants the backslash twice. What is missing, or couldn't be read, is null.</remarks>
/// <param name="write">Writes one line.</param>
/// <param name="clock">The time of day.</param>
internal sealed class JsonAccessLog(Action<string> write, TimeProvider clock) : IAccessLog
{
    public void Answered(EndPoint? client, Request request, int status, long contentBytes)
    {
        var line = new StringBuilder(256);
        line.Append(CultureInfo.InvariantCulture, $"{{\"time\":\"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fff}Z\"");
        line.Append(client is IPEndPoint end ? $",\"client\":\"{end.Address}\"" : ",\"client\":null");
        var isRead = !request.MethodToken.IsEmpty;
        Append(line, "method", isRead, request.MethodToken);
        Append(line, "target", isRead, request.Target);
        line.Append(
            CultureInfo.InvariantCulture,
            $",\"protocol\":{(isRead ? $"\"HTTP/1.{request.MinorVersion}\"" : "null")}"
        );
        line.Append(CultureInfo.InvariantCulture, $",\"status\":{status},\"bytes\":{contentBytes}");
        Append(line, "referer", request.TryGetField(KnownField.Referer, out var referer), referer);
        Append(line, "userAgent", request.TryGetField(KnownField.UserAgent, out var agent), agent);
        write(line.Append('}').ToString());
    }

    private static void Append(StringBuilder line, string name, bool isThere, ReadOnlySpan<byte> value)
    {
        line.Append(",\"").Append(name).Append("\":");
        if (!isThere)
        {
            line.Append("null");
            return;
        }
        line.Append('"');
        LoggedBytes.Append(line, value, @"\\x");
        line.Append('"');
    }
}
