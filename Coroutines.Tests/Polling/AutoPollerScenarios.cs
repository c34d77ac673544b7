using System.Net;
using System.Net.Sockets;
using Coroutines.Polling;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: the poller by default hands over from select to epoll, without losing an event.</summary>
[Platform(Include = "Linux")]
public sealed class AutoPollerScenarios
{
    private const int LastOfSelect = 64;

    private static readonly byte[] Some = [1];

    private readonly List<Socket> sockets = [];
    private readonly WatchList watched = new();
    private readonly AutoPoller poller = new();

    [TearDown]
    public void Close()
    {
        sockets.ForEach(socket => socket.Dispose());
        poller.Dispose();
    }

    [TestCase(0, "auto (select)")]
    [TestCase(LastOfSelect, "auto (select)")]
    [TestCase(LastOfSelect + 1, "auto (epoll)")]
    public void It_hands_over_above_64_watched_descriptors(int count, string name)
    {
        GivenWatched(count);
        WhenPolled();
        poller.Name.ShouldBe(name);
    }

    [Test]
    public void It_never_hands_back()
    {
        GivenWatched(LastOfSelect + 1);
        WhenPolled();
        watched.ToList().ForEach(Unwatch);
        WhenPolled();
        poller.Name.ShouldBe("auto (epoll)");
    }

    [Test]
    public void What_was_ready_before_is_reported_by_the_poll_that_hands_over()
    {
        var slots = GivenWatched(LastOfSelect);
        WhenPolled().ShouldBeEmpty();
        slots.ForEach(MakeReady);
        slots.AddRange(GivenWatched(1));
        WhenPolled().Select(found => found.Descriptor).ShouldBe(slots[..LastOfSelect], ignoreOrder: true);
    }

    [Test]
    public void What_becomes_ready_later_is_reported_too()
    {
        var slots = GivenWatched(LastOfSelect + 1);
        WhenPolled().ShouldBeEmpty();
        slots.ForEach(MakeReady);
        WhenPolled().Select(found => found.Descriptor).ShouldBe(slots, ignoreOrder: true);
    }

    [Test]
    public void What_is_unwatched_after_the_hand_over_is_not_reported()
    {
        var slots = GivenWatched(LastOfSelect + 1);
        WhenPolled();
        slots.ForEach(MakeReady);
        Unwatch(slots[3]);
        WhenPolled().Count.ShouldBe(LastOfSelect);
    }

    [Test]
    public void A_wake_up_from_before_ends_the_poll_that_hands_over()
    {
        GivenWatched(LastOfSelect + 1);
        poller.Wake();
        poller.Poll(watched, Timeout.InfiniteTimeSpan, []);
        poller.Name.ShouldBe("auto (epoll)");
    }

    [Test]
    public void A_wake_up_from_another_thread_during_the_hand_over_is_not_lost()
    {
        GivenWatched(LastOfSelect + 1);
        using var start = new Barrier(2);
        var thread = new Thread(() =>
        {
            start.SignalAndWait();
            poller.Wake();
        });
        thread.Start();
        start.SignalAndWait();
        poller.Poll(watched, Timeout.InfiniteTimeSpan, []);
        thread.Join();
        poller.Name.ShouldBe("auto (epoll)");
    }

    [Test]
    public void If_epoll_refuses_a_descriptor_select_goes_on_and_it_tries_again_later()
    {
        var slots = GivenWatched(LastOfSelect);
        var twin = new SocketSlot(slots[0].Socket!); // which epoll takes once, and select as often as one likes
        Watch(twin);
        MakeReady(slots[0]);
        WhenPolled().Count.ShouldBe(2);
        poller.Name.ShouldBe("auto (select)");

        Unwatch(twin);
        slots.AddRange(GivenWatched(LastOfSelect + 1));
        slots[1..].ForEach(MakeReady);
        WhenPolled().Select(found => found.Descriptor).ShouldBe(slots, ignoreOrder: true);
        poller.Name.ShouldBe("auto (epoll)");
    }

    // Datagram sockets need no peer: each is connected to itself.
    private List<SocketSlot> GivenWatched(int count)
    {
        var slots = new List<SocketSlot>();
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            sockets.Add(socket);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.Connect(socket.LocalEndPoint!);
            slots.Add(new SocketSlot(socket));
            Watch(slots[^1]);
        }
        return slots;
    }

    private void Watch(SocketSlot slot)
    {
        watched.Set(slot, Interest.Read);
        poller.Change(slot, Interest.None);
    }

    private void Unwatch(Descriptor descriptor)
    {
        watched.Set(descriptor, Interest.None);
        poller.Change(descriptor, Interest.Read);
    }

    private static void MakeReady(SocketSlot slot) => slot.Socket!.Send(Some);

    private List<Readiness> WhenPolled()
    {
        var ready = new List<Readiness>();
        poller.Poll(watched, TimeSpan.Zero, ready);
        return ready;
    }
}
