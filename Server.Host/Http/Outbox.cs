using System.Buffers;
using Coroutines.Sockets;
using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>The bytes that are to be sent: those written already, and behind them what is left of one large content. Holds
/// a buffer only while there are any.</summary>
internal sealed class Outbox
{
    /// <summary>Answers to pipelined requests are gathered up to here, and large files read in pieces of this size.</summary>
    private const int PieceBytes = 32 * 1024;

    private readonly ContentReader reader = new(); // what is left, if it is in a file or in several parts
    private byte[] buffer = [];
    private int start;
    private int end;
    private ReadOnlyMemory<byte> content; // what is left, if it is one stretch of memory
    private FileStretch stretch; // what is left, if it is one of a file that never changes

    public bool IsEmpty => start == end && Remaining == 0;

    /// <summary>How large the buffer is; 0 if there is none.</summary>
    public int BufferBytes => buffer.Length;

    /// <summary>Whether more answers should wait until what is here was sent.</summary>
    public bool IsFull => Remaining > 0 || end > PieceBytes / 2;

    /// <summary>How many bytes of content are still to be sent, beside those that were written already.</summary>
    public long Remaining => reader.Remaining + content.Length + stretch.Remaining;

    /// <summary>How many bytes in all are still to be sent.</summary>
    public long UnsentBytes => end - start + Remaining;

    /// <summary>Whether a file turned out to be another than it was said to be: the answer can't be completed.</summary>
    public bool IsCutShort => reader.IsCutShort;

    /// <summary>What must be done before there is something to send, if <see cref="Prepare"/> says that there isn't; else
    /// null.</summary>
    public SlowWork? Work => reader.Work;

    /// <summary>Puts in an answer. Its content is copied if there is room, and is sent from where it lies otherwise.</summary>
    public void Add(Response response, Request request, HttpSite site)
    {
        var head = Room(ResponseHead.MaxBytesOf(response, request, site.Fields.Span));
        end += ResponseHead.Write(response, request, site.Date.Line, site.Fields.Span, head);
        if (!response.SendsContent || response.ContentBytes == 0)
            return;
        if (response.File is { IsCopy: true } && !response.IsMultipart)
            stretch = FileStretch.Of(response, site.UnsentRoom);
        else if (response.File?.Handle is not null)
            reader.Start(response);
        else if (response.IsMultipart)
            AddParts(response);
        else if (response.Content.Length <= buffer.Length - end)
            Add(response.Content.Span);
        else
            content = response.Content;
    }

    /// <summary>Puts in bytes as they are.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        end += bytes.Length;
    }

    /// <summary>Sees to it that there is something to send now. False if <see cref="Work"/> must be done first.</summary>
    public bool Prepare()
    {
        if (start == end && reader.Remaining > 0)
            end += reader.Read(Room(1));
        return reader.Work is null;
    }

    /// <summary>Sends once what was prepared.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="sent">How many bytes were taken.</param>
    public SendResult Send(Connection connection, out int sent)
    {
        sent = 0;
        if (IsCutShort)
            return SendResult.Closed;
        if (stretch.Remaining > 0)
            return SendStretch(connection, out sent);
        if (start == end)
            return SendContent(connection, out sent);
        var result = connection.Send(buffer.AsSpan(start, end - start), out sent);
        start += sent;
        if (start == end)
            (start, end) = (0, 0);
        if (IsEmpty)
            Return();
        return result;
    }

    public void Return()
    {
        ReturnBuffer();
        content = default;
        stretch.End();
        reader.Clear();
    }

    private void ReturnBuffer()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = ([], 0, 0);
    }

    private SendResult SendStretch(Connection connection, out int sent)
    {
        var result = stretch.Send(connection, buffer.AsSpan(start, end - start), out var headSent, out sent);
        start += headSent;
        if (start == end)
            ReturnBuffer(); // a client that reads slowly needs none
        return result;
    }

    private SendResult SendContent(Connection connection, out int sent)
    {
        var result = connection.Send(content.Span, out sent);
        content = content[sent..];
        if (IsEmpty)
            Return();
        return result;
    }

    private void AddParts(Response response)
    {
        reader.Start(response);
        end += reader.Read(buffer.AsSpan(end));
    }

    private Span<byte> Room(int bytes)
    {
        if (buffer.Length == 0)
            buffer = ArrayPool<byte>.Shared.Rent(Math.Max(PieceBytes, bytes));
        if (buffer.Length - end < bytes)
            Grow(bytes);
        return buffer.AsSpan(end);
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(end - start + bytes);
        buffer.AsSpan(start, end - start).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (larger, 0, end - start);
    }
}
