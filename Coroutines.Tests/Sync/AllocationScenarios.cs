using Coroutines.Sync;
using Coroutines.Tests.Core;
using static Coroutines.Wait;
using Semaphore = Coroutines.Sync.Semaphore;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: sending, receiving, acquiring and setting allocate nothing.</summary>
[NonParallelizable]
public sealed class AllocationScenarios
{
    private const int Rounds = 1_000;

    private readonly TickingClock clock = new();
    private readonly Channel<long> there = new(1);
    private readonly Channel<long> back = new(1);
    private readonly Semaphore permit = new(1);
    private readonly Event happened = new();
    private Scheduler scheduler = null!;
    private long rounds;

    [SetUp]
    public void GivenAScheduler() => scheduler = new Scheduler(new EagerPoller(), clock);

    [TearDown]
    public void End() => scheduler.Dispose();

    [Test]
    public void Sending_and_receiving_without_waiting_allocates_nothing() =>
        WhenTheyTakeTurns(SendsAndReceives()).ShouldBe(0);

    [Test]
    public void Waiting_to_receive_allocates_nothing() => WhenTheyTakeTurns(Asks(), Answers()).ShouldBe(0);

    [Test]
    public void Waiting_to_send_allocates_nothing() => WhenTheyTakeTurns(Sends(), Sends(), Receives()).ShouldBe(0);

    [Test]
    public void Waiting_with_a_deadline_allocates_nothing() =>
        WhenTheyTakeTurns(ReceivesInVain(TimeSpan.FromMilliseconds(1))).ShouldBe(0);

    [Test]
    public void Acquiring_allocates_nothing() => WhenTheyTakeTurns(Holds(), Holds(), Holds()).ShouldBe(0);

    [Test]
    public void Setting_an_event_allocates_nothing() => WhenTheyTakeTurns(Waits(), Waits(), Sets()).ShouldBe(0);

    [Test]
    public void Waiting_for_the_same_any_again_allocates_nothing() =>
        WhenTheyTakeTurns(Selects(Any(there.Receive(), back.Receive())), Sends()).ShouldBe(0);

    /// <returns>How many bytes this thread allocated meanwhile.</returns>
    private long WhenTheyTakeTurns(params IEnumerator<Wait>[] bodies)
    {
        foreach (var body in bodies)
            scheduler.Spawn(body);
        RunTurns(); // whatever grows or is compiled at first has then done so
        rounds = 0;
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunTurns();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        rounds.ShouldBeGreaterThanOrEqualTo(Rounds);
        return allocated;
    }

    private void RunTurns()
    {
        var last = scheduler.Turns + (10 * Rounds);
        for (var target = rounds + Rounds; rounds < target && scheduler.Turns < last; )
        {
            clock.Milliseconds++;
            scheduler.Turn(TimeSpan.Zero);
        }
    }

    private IEnumerator<Wait> SendsAndReceives()
    {
        for (; ; rounds++)
        {
            yield return there.Send(rounds);
            yield return there.Receive();
        }
    }

    private IEnumerator<Wait> Asks()
    {
        for (var asked = 0L; ; asked++, rounds++)
        {
            yield return there.Send(asked);
            yield return back.Receive();
            if (Woken.Result<long>() != asked + 1)
                throw new InvalidOperationException("Another answer than was sent.");
        }
    }

    private IEnumerator<Wait> Answers()
    {
        while (true)
        {
            yield return there.Receive();
            yield return back.Send(Woken.Result<long>() + 1);
        }
    }

    private IEnumerator<Wait> Sends()
    {
        while (true)
            yield return there.Send(1);
    }

    private IEnumerator<Wait> Receives()
    {
        for (; ; rounds++)
            yield return there.Receive();
    }

    private IEnumerator<Wait> ReceivesInVain(TimeSpan limit)
    {
        for (; ; rounds++)
            yield return there.Receive(limit);
    }

    private IEnumerator<Wait> Selects(Wait any)
    {
        for (; ; rounds++)
            yield return any;
    }

    private IEnumerator<Wait> Holds()
    {
        for (; ; rounds++)
        {
            yield return permit.Acquire();
            yield return Pause();
            permit.Release();
        }
    }

    private IEnumerator<Wait> Waits()
    {
        for (; ; rounds++)
            yield return happened.WaitUntilSet();
    }

    private IEnumerator<Wait> Sets()
    {
        while (true)
        {
            happened.Set();
            happened.Reset();
            yield return Pause();
        }
    }
}
