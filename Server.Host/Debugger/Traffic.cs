using System.Globalization;
using System.Text;

namespace Server.Host.Debugger;

/// <summary>What went over one connection so far. Written by the scheduler's thread, read while that stands still.</summary>
internal sealed class Traffic
{
    private const int MaxQuotedBytes = 48;

    public long ReceivedBytes { get; private set; }

    public long SentBytes { get; private set; }

    /// <summary>The first bytes of the last receive, quoted; null before the first.</summary>
    public string? LastReceived { get; private set; }

    /// <summary>How the last send ended, such as <c>3 of 3000 PARTIAL</c>; null before the first.</summary>
    public string? LastSend { get; private set; }

    /// <summary>Whether the last send took a part only, and nobody has asked since.</summary>
    public bool HasSentPartially { get; private set; }

    public void Received(ReadOnlySpan<byte> bytes)
    {
        ReceivedBytes += bytes.Length;
        LastReceived = Quote(bytes);
    }

    public void Sent(int sent, int offered)
    {
        SentBytes += sent;
        HasSentPartially |= sent < offered;
        LastSend = string.Create(
            CultureInfo.InvariantCulture,
            $"{sent} of {offered}{(sent < offered ? " PARTIAL" : "")}"
        );
    }

    /// <summary>Whether a send took a part only since this was asked last.</summary>
    public bool TakePartialSend()
    {
        var has = HasSentPartially;
        HasSentPartially = false;
        return has;
    }

    private static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (var value in bytes[..Math.Min(bytes.Length, MaxQuotedBytes)])
            text.Append(
                value switch
                {
                    (byte)'\r' => "\\r",
                    (byte)'\n' => "\\n",
                    (byte)'"' or (byte)'\\' => $"\\{(char)value}",
                    >= 0x20 and <= 0x7e => ((char)value).ToString(),
                    _ => $"\\x{value:x2}",
                }
            );
        return text.Append(bytes.Length > MaxQuotedBytes ? "..." : "").Append('"').ToString();
    }
}
