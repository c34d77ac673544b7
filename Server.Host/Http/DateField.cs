namespace Server.Host.Http;

/// <summary>The Date field of answers (RFC 9110, section 6.6.1), written once a second and reused in between.</summary>
/// <remarks>Allocates nothing. For one thread. The spans are right until the clock is asked again.</remarks>
internal sealed class DateField(TimeProvider clock)
{
    private static ReadOnlySpan<byte> Name => "Date: "u8;

    private readonly byte[] line = [.. Name, .. new byte[HttpDate.LengthBytes], .. "\r\n"u8];
    private long writtenSecond = -1;

    /// <summary>The whole field line, with its CR LF.</summary>
    public ReadOnlySpan<byte> Line
    {
        get
        {
            Refresh();
            return line;
        }
    }

    /// <summary>The date alone: <see cref="HttpDate.LengthBytes"/> bytes.</summary>
    public ReadOnlySpan<byte> Value => Line.Slice(Name.Length, HttpDate.LengthBytes);

    private void Refresh()
    {
        var now = clock.GetUtcNow();
        var second = now.UtcTicks / TimeSpan.TicksPerSecond;
        if (second == writtenSecond)
            return;
        HttpDate.Format(now, line.AsSpan(Name.Length));
        writtenSecond = second;
    }
}
