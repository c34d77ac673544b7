using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Sockets;

/// <summary>A connected, non-blocking socket on Linux, as a descriptor. A <see cref="Socket"/> is made of it for those alone
/// who ask for one, as select does.</summary>
[SupportedOSPlatform("linux")]
[DebuggerNonUserCode]
internal sealed class LinuxTransport : ITransport
{
    // So much is read, and sent behind its head by one call, in less time than the two calls take that copy nothing.
    private const int MostCopiedBytes = 8 * 1024;

    private readonly LinuxAddress address;
    private readonly int descriptor;

    /// <param name="descriptor">The descriptor; closed with the transport.</param>
    /// <param name="address">The peer's.</param>
    // Not a SafeSocketHandle: disposed by itself, that resets the connection.
    public LinuxTransport(int descriptor, in LinuxAddress address)
    {
        (this.descriptor, this.address) = (descriptor, address);
        Slot = new SocketSlot(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    public SocketSlot Slot { get; }

    public EndPoint? RemoteEndPoint => Slot.IsClosed ? null : address.ToEndPoint();

    public ReceiveResult Receive(Span<byte> buffer, out int received)
    {
        received = 0;
        if (Slot.IsClosed)
            return ReceiveResult.Closed;
        var count = LinuxSocket.Receive(descriptor, buffer, out var error);
        if (count < 0)
            return SocketErrors.ResultOfReceive(error);
        received = count;
        return count > 0 ? ReceiveResult.Data : ReceiveResult.PeerClosed;
    }

    public SendResult Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        sent = 0;
        if (Slot.IsClosed)
            return SendResult.Closed;
        sent = LinuxSocket.Send(descriptor, bytes, out var error);
        return ResultOfSend(ref sent, error);
    }

    public SendResult SendFile(ReadOnlySpan<byte> head, SafeFileHandle file, long position, int count, out int sent)
    {
        sent = 0;
        if (Slot.IsClosed)
            return SendResult.Closed;
        if (count <= MostCopiedBytes || !Environment.Is64BitProcess) // where positions have 32 bits
            return ReadAndSent.Send(this, head, file, position, count, out sent);
        if (!head.IsEmpty)
        {
            sent = LinuxSocket.SendMore(descriptor, head, out var refusal);
            if (sent < head.Length)
                return ResultOfSend(ref sent, refusal);
        }
        var taken = LinuxSocket.SendFile(descriptor, file, position, count, out var error);
        if (taken < 0 && sent > 0)
            return SendResult.Sent; // the next call will tell
        sent += taken;
        return ResultOfSend(ref sent, error);
    }

    public void LimitUnsent(int bytes)
    {
        if (!Slot.IsClosed)
            LinuxSocket.LimitUnsent(descriptor, bytes);
    }

    public ConnectResult FinishConnect() => Slot.IsClosed ? ConnectResult.Closed : ConnectResult.Connected;

    public void ShutdownSend()
    {
        if (Slot.IsClosed)
            return;
        var error = LinuxSocket.ShutdownSend(descriptor);
        if (error != SocketError.Success && !SocketErrors.IsReset(error)) // or there is nobody left to tell
            throw SocketErrors.Unexpected("shutdown", error);
    }

    public void Dispose()
    {
        Slot.Close();
        Slot.CloseHandle();
    }

    private static SendResult ResultOfSend(ref int sent, SocketError error)
    {
        if (sent >= 0)
            return SendResult.Sent;
        sent = 0;
        return SocketErrors.ResultOfSend(error);
    }
}
