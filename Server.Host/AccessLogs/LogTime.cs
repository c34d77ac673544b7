using System.Globalization;
using System.Text;

namespace Server.Host.AccessLogs;

/// <summary>The time as the Combined format has it, with what stands around it: made once a second. May be asked on any
/// thread.</summary>
/// <param name="clock">The time of day.</param>
internal sealed class LogTime(TimeProvider clock)
{
    private Second last = new(-1, []);

    /// <summary>For example <c> - - [09/Nov/2026:08:07:06 +0000] "</c>.</summary>
    public ReadOnlySpan<byte> Text
    {
        get
        {
            var number = clock.GetUtcNow().ToUnixTimeSeconds();
            var second = Volatile.Read(ref last);
            if (second.Number != number)
                Volatile.Write(ref last, second = new(number, TextOf(clock.GetLocalNow())));
            return second.Text;
        }
    }

    private static byte[] TextOf(DateTimeOffset now)
    {
        var offset = now.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        var text = string.Create(CultureInfo.InvariantCulture, $" - - [{now:dd/MMM/yyyy:HH:mm:ss} {offset}] \"");
        return Encoding.ASCII.GetBytes(text);
    }

    private sealed record Second(long Number, byte[] Text);
}
