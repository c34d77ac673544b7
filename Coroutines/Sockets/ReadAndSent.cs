using System.Buffers;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Sockets;

/// <summary>Sends a stretch of a file where the system doesn't do it by itself: reads some of it, and sends that.</summary>
[DebuggerNonUserCode]
internal static class ReadAndSent
{
    private const int PieceBytes = 64 * 1024; // what a pipe holds on Linux, and what splice moves at a time

    /// <inheritdoc cref="ITransport.SendFile"/>
    public static SendResult Send(
        ITransport transport,
        ReadOnlySpan<byte> head,
        SafeFileHandle file,
        long position,
        int count,
        out int sent
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(head.Length, Math.Min(PieceBytes, head.Length + count)));
        try
        {
            head.CopyTo(buffer);
            var room = Math.Min(count, buffer.Length - head.Length);
            var read = RandomAccess.Read(file, buffer.AsSpan(head.Length, room), position);
            return transport.Send(buffer.AsSpan(0, head.Length + read), out sent);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
