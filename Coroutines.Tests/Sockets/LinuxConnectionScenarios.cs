using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Coroutines.Sockets;

namespace Coroutines.Tests.Sockets;

/// <summary>Feature: the same holds on Linux for a connection that is a descriptor and no socket, as those are which a
/// listener accepts.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed partial class LinuxConnectionScenarios(string poller) : ConnectionScenarios(poller)
{
    [Test]
    public void The_socket_of_one_that_is_closed_was_never_made()
    {
        var connection = Over(Pair().Near);

        connection.Dispose();

        connection.Slot.Socket.ShouldBeNull();
    }

    [Test]
    public void Its_socket_is_made_once_and_closed_with_it()
    {
        var connection = Over(Pair().Near);
        var socket = connection.Slot.Socket.ShouldNotBeNull();

        connection.Slot.Socket.ShouldBeSameAs(socket);
        socket.Connected.ShouldBeTrue();
        connection.Dispose();

        socket.SafeHandle.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void Its_peer_sees_an_end_and_no_reset()
    {
        var (near, far) = Pair();

        Over(near).Dispose();
        near.Dispose();

        far.Receive(new byte[1]).ShouldBe(0);
    }

    // As from accept4: a descriptor that never blocks, and the address that the kernel gives with it.
    private protected override Connection Over(Socket socket)
    {
        socket.Blocking = false;
        return new(new LinuxTransport(Duplicate((int)socket.SafeHandle.DangerousGetHandle()), Addressed(socket)));
    }

    private static LinuxAddress Addressed(Socket socket)
    {
        var address = new LinuxAddress();
        socket.RemoteEndPoint!.Serialize().Buffer.Span[..16].CopyTo(address);
        return address;
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);
}
