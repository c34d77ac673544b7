using System.Globalization;
using System.Text;

namespace Server.Host;

/// <summary>Bytes that a client chose, as they stand in a log: so that nobody can forge a line, a value or a terminal's
/// command.</summary>
internal static class LoggedBytes
{
    /// <summary>Appends them: printable ASCII but quotes and backslashes as it is, anything else as <c>\xhh</c>, as nginx
    /// writes it. So the result is ASCII, and says each byte, valid UTF-8 or not.</summary>
    /// <param name="line">What they are appended to.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="escape">What stands in front of the two digits: <c>\x</c>, or what the log's own format makes of it.
    /// </param>
    public static void Append(StringBuilder line, ReadOnlySpan<byte> bytes, string escape = @"\x")
    {
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and <= 0x7e and not (byte)'"' and not (byte)'\\')
                line.Append((char)value);
            else
                line.Append(CultureInfo.InvariantCulture, $"{escape}{value:X2}");
        }
    }
}
