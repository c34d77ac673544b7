using System.Globalization;
using System.Text;

namespace Server.Host.Debugger;

/// <summary>What went over one connection so far. Written by the scheduler's thread, read while that stands still.</summary>
internal sealed class Traffic
{
    private const int MaxQuotedBytes = 48;

    // A server that runs has no time for texts: the first bytes and the numbers are kept, and told when somebody asks.
    private readonly byte[] lastReceived = new byte[MaxQuotedBytes];
    private int lastReceivedBytes;
    private (int Sent, int Offered)? lastSend;

    public long ReceivedBytes { get; private set; }

    public long SentBytes { get; private set; }

    /// <summary>The first bytes of the last receive, quoted; null before the first.</summary>
    public string? LastReceived => ReceivedBytes == 0 ? null : Quote();

    /// <summary>How the last send ended, such as <c>3 of 3000 PARTIAL</c>; null before the first.</summary>
    public string? LastSend =>
        lastSend is { } last
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{last.Sent} of {last.Offered}{(IsPartial ? " PARTIAL" : "")}"
            )
            : null;

    /// <summary>Whether a send took a part only since this was asked last.</summary>
    private bool HasSentPartially { get; set; }

    private bool IsPartial => lastSend is { } last && last.Sent < last.Offered;

    public void Received(ReadOnlySpan<byte> bytes)
    {
        ReceivedBytes += bytes.Length;
        lastReceivedBytes = bytes.Length;
        bytes[..Math.Min(bytes.Length, MaxQuotedBytes)].CopyTo(lastReceived);
    }

    public void Sent(int sent, int offered)
    {
        SentBytes += sent;
        lastSend = (sent, offered);
        HasSentPartially |= IsPartial;
    }

    /// <summary>Whether a send took a part only since this was asked last.</summary>
    public bool TakePartialSend()
    {
        var has = HasSentPartially;
        HasSentPartially = false;
        return has;
    }

    private string Quote()
    {
        var text = new StringBuilder("\"");
        foreach (var value in lastReceived.AsSpan(0, Math.Min(lastReceivedBytes, MaxQuotedBytes)))
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
        return text.Append(lastReceivedBytes > MaxQuotedBytes ? "..." : "").Append('"').ToString();
    }
}
