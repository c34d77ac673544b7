using System.Globalization;
using System.Net;
using System.Text;
using Server.Host.Http;

namespace Server.Host;

/// <summary>A line for each answer, in Apache's Combined format:
/// <c>client - - [time] "request line" status bytes "referer" "user agent"</c>.</summary>
/// <remarks>What a client chose is escaped by <see cref="LoggedBytes"/>. The bytes are those of the content that was sent; if
/// there was none, for HEAD and 304 say, they are 0 (Apache's %B, where its %b is '-').</remarks>
/// <param name="write">Writes one line.</param>
/// <param name="clock">The time of day.</param>
internal sealed class AccessLog(Action<string> write, TimeProvider clock) : IAccessLog
{
    public void Answered(EndPoint? client, Request request, int status, long contentBytes)
    {
        var line = new StringBuilder(256);
        line.Append(client is IPEndPoint address ? address.Address.ToString() : "-");
        AppendTime(line);
        AppendRequestLine(line, request);
        line.Append(CultureInfo.InvariantCulture, $"\" {status} {contentBytes}");
        AppendField(line, request, KnownField.Referer);
        AppendField(line, request, KnownField.UserAgent);
        write(line.ToString());
    }

    private void AppendTime(StringBuilder line)
    {
        var now = clock.GetLocalNow();
        var offset = now.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        line.Append(CultureInfo.InvariantCulture, $" - - [{now:dd/MMM/yyyy:HH:mm:ss} {offset}] \"");
    }

    private static void AppendRequestLine(StringBuilder line, Request request)
    {
        if (request.MethodToken.IsEmpty)
        {
            line.Append('-');
            return;
        }
        LoggedBytes.Append(line, request.MethodToken);
        line.Append(' ');
        LoggedBytes.Append(line, request.Target);
        line.Append(CultureInfo.InvariantCulture, $" HTTP/1.{request.MinorVersion}");
    }

    private static void AppendField(StringBuilder line, Request request, KnownField field)
    {
        line.Append(" \"");
        if (request.TryGetField(field, out var value) && value.Length > 0)
            LoggedBytes.Append(line, value);
        else
            line.Append('-');
        line.Append('"');
    }
}
