using System.Globalization;
using System.Net;
using System.Text;
using Server.Host.Http;

namespace Server.Host;

/// <summary>A line for each answer, in Apache's Combined format:
/// <c>client - - [time] "request line" status bytes "referer" "user agent"</c>.</summary>
/// <remarks>What a client chose is escaped, so that nobody can forge a line: control bytes, quotes, backslashes and bytes
/// above 0x7e stand as <c>\xhh</c>, as nginx writes them. The bytes are those of the content that was sent; if there was none,
/// for HEAD and 304 say, they are 0 (Apache's %B, where its %b is '-').</remarks>
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
        Append(line, request.MethodToken);
        line.Append(' ');
        Append(line, request.Target);
        line.Append(CultureInfo.InvariantCulture, $" HTTP/1.{request.MinorVersion}");
    }

    private static void AppendField(StringBuilder line, Request request, KnownField field)
    {
        line.Append(" \"");
        if (request.TryGetField(field, out var value) && value.Length > 0)
            Append(line, value);
        else
            line.Append('-');
        line.Append('"');
    }

    private static void Append(StringBuilder line, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and <= 0x7e and not (byte)'"' and not (byte)'\\')
                line.Append((char)value);
            else
                line.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
        }
    }
}
