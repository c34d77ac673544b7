using System.Buffers.Text;

namespace Server.Host.Comparing;

/// <summary>Checks answers to one request: status, length, and every byte. Does no I/O.</summary>
/// <param name="content">What each answer has to bring.</param>
internal sealed class AnswerCheck(ReadOnlyMemory<byte> content)
{
    private const int MaxHeadBytes = 8 * 1024;

    private readonly byte[] buffer = new byte[MaxHeadBytes + content.Length];
    private int filled;

    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> LengthField => "\r\nContent-Length: "u8;

    /// <summary>Where the next bytes go.</summary>
    public Span<byte> Room => buffer.AsSpan(filled);

    /// <summary>Whether nothing of the answer has come.</summary>
    public bool IsEmpty => filled == 0;

    /// <summary>Begins with the next answer.</summary>
    public void Restart() => filled = 0;

    /// <summary>Judges the answer as far as it has come.</summary>
    /// <param name="received">How many bytes were put into <see cref="Room"/>.</param>
    public Verdict Add(int received)
    {
        filled += received;
        var answer = buffer.AsSpan(0, filled);
        var headBytes = answer.IndexOf(EndOfHead);
        if (headBytes < 0)
            return Room.IsEmpty ? Verdict.Wrong : Verdict.Incomplete;
        var head = answer[..(headBytes + 2)];
        return head.StartsWith("HTTP/1.1 503 "u8) ? Verdict.Refused
            : IsRight(head) ? Judge(answer[(headBytes + EndOfHead.Length)..])
            : Verdict.Wrong;
    }

    private bool IsRight(ReadOnlySpan<byte> head)
    {
        var field = head.IndexOf(LengthField);
        return head.StartsWith("HTTP/1.1 200 "u8)
            && field >= 0
            && Utf8Parser.TryParse(head[(field + LengthField.Length)..], out int length, out _)
            && length == content.Length;
    }

    private Verdict Judge(ReadOnlySpan<byte> received) =>
        received.Length > content.Length || !content.Span.StartsWith(received) ? Verdict.Wrong
        : received.Length < content.Length ? Verdict.Incomplete
        : Verdict.Right;
}
