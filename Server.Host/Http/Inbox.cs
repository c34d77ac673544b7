using System.Buffers;
using Coroutines.Sockets;

namespace Server.Host.Http;

/// <summary>The bytes that have come and aren't used up yet. Holds a buffer only while there are any.</summary>
/// <param name="capacity">How many bytes it can hold: the longest request head, and the content behind it
/// if that is kept.</param>
internal sealed class Inbox(int capacity)
{
    private const int FirstBufferBytes = 8 * 1024;

    private byte[] buffer = [];
    private int start;
    private int end;

    public bool IsEmpty => start == end;

    /// <summary>How large the buffer is; 0 if there is none.</summary>
    public int BufferBytes => buffer.Length;

    /// <summary>The bytes; right until the next <see cref="Receive"/> or <see cref="Consume"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(start, end - start);

    /// <summary>Receives once. There is always room, since the parser refuses what would fill it.</summary>
    public ReceiveResult Receive(Connection connection)
    {
        MakeRoom();
        var result = connection.Receive(buffer.AsSpan(end), out var received);
        end += received;
        if (IsEmpty)
            Return();
        return result;
    }

    public void Consume(int bytes)
    {
        start += bytes;
        if (IsEmpty)
            (start, end) = (0, 0);
    }

    /// <summary>Uses up bytes that stand behind the first ones, which stay.</summary>
    /// <param name="kept">How many stay before them.</param>
    /// <param name="bytes">How many are used up.</param>
    public void ConsumeBehind(int kept, int bytes)
    {
        var behind = start + kept + bytes;
        buffer.AsSpan(behind, end - behind).CopyTo(buffer.AsSpan(start + kept));
        end -= bytes;
    }

    public void Return()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = ([], 0, 0);
    }

    private void MakeRoom()
    {
        if (buffer.Length == 0)
            buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBufferBytes, capacity));
        if (end < buffer.Length)
            return;
        if (start > 0)
            MoveTo(buffer);
        else
            Grow();
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, Math.Max(capacity, buffer.Length + 1)));
        var smaller = buffer;
        MoveTo(larger);
        ArrayPool<byte>.Shared.Return(smaller);
    }

    private void MoveTo(byte[] target)
    {
        buffer.AsSpan(start, end - start).CopyTo(target);
        (buffer, start, end) = (target, 0, end - start);
    }
}
