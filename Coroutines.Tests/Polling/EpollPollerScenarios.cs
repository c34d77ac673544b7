using System.Net;
using System.Net.Sockets;
using Coroutines.Polling;
using static Coroutines.Wait;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: what the kernel refuses to watch fails the coroutine that waits for it, and nobody else.</summary>
[Platform(Include = "Linux")]
public sealed class EpollPollerScenarios
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    [TearDown]
    public void Close() => socket.Dispose();

    [Test]
    public void A_second_slot_of_one_socket_fails_and_leaves_the_first_its_events()
    {
        using var scheduler = new Scheduler(Epoll());
        var failures = new List<Exception>();
        scheduler.Failed += (_, failure) => failures.Add(failure);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(socket.LocalEndPoint!);
        var isFirstWoken = false;
        scheduler.Spawn(WaitOnce(WantRead(new Twin(socket)), () => isFirstWoken = true));
        scheduler.Turn(TimeSpan.Zero);
        scheduler.Spawn(WaitOnce(WantRead(new Twin(socket)), () => Assert.Fail("the second was woken")));
        for (var turns = 0; turns < 5; turns++)
            scheduler.Turn(TimeSpan.Zero);
        failures.ShouldHaveSingleItem().ShouldBeOfType<IOException>().Message.ShouldContain("(errno 17)");
        socket.Send(new byte[1]);
        for (var turns = 0; turns < 5 && !isFirstWoken; turns++)
            scheduler.Turn(TimeSpan.FromMilliseconds(100));
        isFirstWoken.ShouldBeTrue();
    }

    private static EpollPoller Epoll() =>
        OperatingSystem.IsLinux() ? new EpollPoller() : throw new PlatformNotSupportedException();

    private static IEnumerator<Wait> WaitOnce(Wait wait, Action then)
    {
        yield return wait;
        then();
    }

    private sealed class Twin(Socket socket) : IWaitable
    {
        public SocketSlot Slot { get; } = new(socket);
    }
}
