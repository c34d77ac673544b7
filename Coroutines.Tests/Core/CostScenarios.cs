using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Coroutines.Polling;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: a coroutine that waits takes little memory, and a yield takes none.</summary>
[NonParallelizable]
public sealed class CostScenarios
{
    private const int Sleepers = 100_000;
    private const int MaxBytesPerSleeper = 200;
    private const int Resumes = 10_000;

    private readonly TickingClock clock = new();
    private Scheduler scheduler = null!;
    private long resumed;

    [SetUp]
    public void GivenAScheduler() => scheduler = new Scheduler(new EagerPoller(), clock);

    [TearDown]
    public void CancelWhatStillRuns() => scheduler.Dispose();

    [Test]
    public void A_wait_is_two_words() => Unsafe.SizeOf<Wait>().ShouldBe(2 * IntPtr.Size);

    [Test]
    public void A_sleeping_coroutine_takes_at_most_200_bytes()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        WhenCoroutinesFallAsleep();
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        (kept / (double)Sleepers).ShouldBeInRange(1, MaxBytesPerSleeper);
    }

    [Test]
    public void A_pause_allocates_nothing()
    {
        scheduler.Spawn(Pauses());
        WhenItIsResumedManyTimes().ShouldBe(0);
    }

    [Test]
    public void A_sleep_allocates_nothing()
    {
        scheduler.Spawn(Sleeps(TimeSpan.FromMilliseconds(1)));
        WhenItIsResumedManyTimes().ShouldBe(0);
    }

    [Test]
    public void A_wait_on_a_socket_allocates_nothing()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        scheduler.Spawn(Reads(socket, TimeSpan.FromSeconds(15)));
        WhenItIsResumedManyTimes().ShouldBe(0);
    }

    private void WhenCoroutinesFallAsleep()
    {
        for (var i = 0; i < Sleepers; i++)
            scheduler.Spawn(SleepsForTenMinutes());
        scheduler.Turn(TimeSpan.Zero);
        scheduler.Timers.Count.ShouldBe(Sleepers);
    }

    /// <returns>How many bytes this thread allocated meanwhile; what others do in the process doesn't count.</returns>
    private long WhenItIsResumedManyTimes()
    {
        RunTurns(); // whatever grows or is compiled at first has then done so
        resumed = 0;
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunTurns();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        resumed.ShouldBe(Resumes);
        return allocated;
    }

    // Time passes two milliseconds a turn: a sleep of one ends in each, and is followed by a resume in the next.
    private void RunTurns()
    {
        var lastTurn = scheduler.Turns + (3 * Resumes);
        for (var last = resumed + Resumes; resumed < last && scheduler.Turns < lastTurn; clock.Milliseconds += 2)
            scheduler.Turn(TimeSpan.Zero);
    }

    // Static and without parameters, each of which would be a field of eight bytes or so.
    private static IEnumerator<Wait> SleepsForTenMinutes()
    {
        while (true)
            yield return Sleep(TimeSpan.FromMinutes(10));
    }

    private IEnumerator<Wait> Pauses()
    {
        for (; ; resumed++)
            yield return Pause();
    }

    private IEnumerator<Wait> Sleeps(TimeSpan timeout)
    {
        for (; ; resumed++)
            yield return Sleep(timeout);
    }

    private IEnumerator<Wait> Reads(Socket socket, Deadline timeout)
    {
        for (; ; resumed++)
            yield return WantRead(socket, timeout);
    }
}
