using Coroutines.Sync;
using Coroutines.Tests.Core;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: what blocks is done by other threads, and nothing of it is lost.</summary>
public sealed class WorkersScenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Scheduler scheduler = new();
    private readonly Story story = new();
    private readonly SemaphoreSlim mayEnd = new(0);
    private Workers workers = null!;

    [SetUp]
    public void Open()
    {
        scheduler.Failed += (coroutine, failure) => story.Tell($"{coroutine.Name}: {failure.Message}");
        workers = new Workers(scheduler, maxThreads: 2);
        workers.Failed += (work, failure) => story.Tell($"{work}: {failure.Message}");
    }

    [TearDown]
    public void Close()
    {
        workers.Dispose();
        scheduler.Dispose();
        mayEnd.Dispose();
    }

    [Test]
    public void A_result_comes_from_another_thread()
    {
        var here = Environment.CurrentManagedThreadId;
        scheduler.Spawn(
            Tells(workers.Start(() => Environment.CurrentManagedThreadId == here ? "here" : "there").Join())
        );
        scheduler.Run();
        story.ShouldBe("got there");
    }

    [Test]
    public void A_failure_is_the_coroutines_unless_that_asked_to_see_it()
    {
        var broken = workers.Start(Break, "broken");
        scheduler.Spawn(Tells(broken.Join()), "joins");
        scheduler.Spawn(Tells(broken.TryJoin()), "tries");
        mayEnd.Release();
        scheduler.Run();
        story.ShouldBe("joins: no such file", "failed: no such file");
    }

    [Test]
    public void Who_waits_for_what_has_ended_does_not_wait()
    {
        var work = workers.Start(() => "done");
        scheduler.Spawn(Tells(work.Join()), "one");
        scheduler.Run();
        work.HasEnded.ShouldBeTrue();
        scheduler.Spawn(Tells(work.Join()), "another");
        scheduler.Run();
        story.ShouldBe("got done", "got done");
    }

    [Test]
    public void One_that_is_given_up_goes_on_and_its_result_can_be_had_later()
    {
        var work = workers.Start(WaitAndReturn);
        scheduler.Spawn(Tells(work.Join(TimeSpan.FromMilliseconds(1))));
        scheduler.Run();
        story.ShouldBe("late");
        mayEnd.Release();
        scheduler.Spawn(Tells(work.Join()));
        scheduler.Run();
        story.ShouldBe("late", "got done");
    }

    [Test]
    public void A_failure_that_nobody_waits_for_is_told_once()
    {
        var broken = workers.Start(Break, "broken");
        var waiter = scheduler.Spawn(Tells(broken.Join()));
        scheduler.Turn(TimeSpan.Zero);
        waiter.Cancel();
        mayEnd.Release();
        TurnUntilIdle(broken);
        story.ShouldBe("work 'broken' (done): no such file");
    }

    [Test]
    public void Without_a_handler_the_turn_throws_it()
    {
        using var alone = new Workers(scheduler);
        var broken = alone.Start(Break, "broken");
        mayEnd.Release();
        Should
            .Throw<CoroutineFailedException>(() => TurnUntilIdle(broken))
            .Message.ShouldBe("work 'broken' (done) failed: no such file");
    }

    [Test]
    public void No_more_run_at_once_than_there_are_threads()
    {
        var started = new SemaphoreSlim(0);
        var work = Enumerable.Range(0, 5).Select(_ => workers.Start(() => StartAndWait(started))).ToList();
        started.Wait();
        started.Wait();
        workers.ToString().ShouldBe("workers: 2 of 2 busy, 3 waiting");
        mayEnd.Release(5);
        work.ForEach(one => scheduler.Spawn(Tells(one.Join())));
        scheduler.Run();
        story.ShouldBe("got done", "got done", "got done", "got done", "got done");
    }

    [Test]
    public void Thousands_are_all_done()
    {
        var sum = 0;
        for (var i = 1; i <= 5_000; i++)
            scheduler.Spawn(Adds(i));
        scheduler.Run();
        sum.ShouldBe(5_000 * 5_001 / 2);

        IEnumerator<Wait> Adds(int number)
        {
            yield return workers.Start(() => number).Join();
            sum += Woken.Result<int>();
        }
    }

    [Test]
    public void Dismissed_they_finish_what_they_have_begun_and_cancel_the_rest()
    {
        using var one = new Workers(scheduler, maxThreads: 1);
        var started = new SemaphoreSlim(0);
        var begun = one.Start(() => StartAndWait(started));
        var rest = one.Start(() => "never");
        started.Wait();
        scheduler.Spawn(Tells(begun.Join()), "begun");
        scheduler.Spawn(Tells(rest.Join()), "rest");
        scheduler.Turn(TimeSpan.Zero);
        one.Dispose();
        mayEnd.Release();
        scheduler.Run();
        story.ShouldBe("cancelled", "got done");
        Should.Throw<ObjectDisposedException>(() => one.Start(() => "too late"));
    }

    [Test]
    public void Dismissed_while_one_waits_for_any_of_several_it_ends_that_wait()
    {
        using var one = new Workers(scheduler, maxThreads: 1);
        var never = new Event("never");
        one.Start(WaitAndReturn);
        scheduler.Spawn(Tells(Any(never.WaitUntilSet(), one.Start(() => "never").Join())), "rest");
        scheduler.Turn(TimeSpan.Zero);
        one.Dispose();
        mayEnd.Release();
        scheduler.Run();
        story.ShouldBe("cancelled");
        never.WaiterCount.ShouldBe(0);
    }

    [Test]
    public void Dismissed_they_are_busy_no_more()
    {
        scheduler.Spawn(Tells(workers.Start(() => "done").Join()));
        scheduler.Run();
        workers.Dispose();
        SpinWait.SpinUntil(() => workers.ToString() == "workers: dismissed, 0 of 2 busy", Patience).ShouldBeTrue();
    }

    [Test]
    public void Dismissing_them_on_another_thread_during_a_turn_is_refused()
    {
        Exception? refused = null;
        scheduler.Post(() => refused = OtherThread.Run(workers.Dispose));
        scheduler.Turn(TimeSpan.Zero);
        refused.ShouldBeOfType<InvalidOperationException>();
        refused.Message.ShouldStartWith("Dispose of workers: 0 of 2 busy, 0 waiting was called on another thread");
    }

    [Test]
    public void Without_a_thread_to_be_had_nothing_is_handed_over()
    {
        using var none = new Workers(scheduler, 2, (_, _) => throw new InsufficientMemoryException("no thread"));
        Should.Throw<InsufficientMemoryException>(() => none.Start(() => "never"));
        none.ToString().ShouldBe("workers: 0 of 2 busy, 0 waiting");
        scheduler.Spawn(Tells(new Event("never").WaitUntilSet()));
        Should.Throw<DeadlockException>(scheduler.Run);
    }

    [Test]
    public void Without_another_thread_to_be_had_the_first_does_all()
    {
        var started = 0;
        using var one = new Workers(scheduler, 2, (run, _) => StartOnce(run, ref started));
        var work = Enumerable.Range(0, 3).Select(_ => one.Start(WaitAndReturn)).ToList();
        mayEnd.Release(3);
        work.ForEach(each => scheduler.Spawn(Tells(each.Join())));
        scheduler.Run();
        story.ShouldBe("got done", "got done", "got done");
    }

    [Test]
    public void Of_several_waits_one_may_be_for_work()
    {
        var never = new Event("never");
        scheduler.Spawn(Tells(Any(never.WaitUntilSet(), workers.Start(() => "done").Join())));
        scheduler.Run();
        story.ShouldBe("got done");
        never.WaiterCount.ShouldBe(0);
    }

    [Test]
    public void Work_of_another_scheduler_is_refused()
    {
        using var other = new Scheduler();
        using var others = new Workers(other);
        var work = others.Start(() => "done");
        scheduler.Spawn(Tells(work.Join()), "stranger");
        scheduler.Turn(TimeSpan.Zero);
        story.Joined.ShouldContain("belongs to another scheduler");
    }

    [TestCase(0)]
    [TestCase(1_025)]
    public void A_number_of_threads_that_is_out_of_range_is_refused(int threads) =>
        Should
            .Throw<ArgumentOutOfRangeException>(() => new Workers(scheduler, threads))
            .Message.ShouldStartWith($"MaxThreads must be 1 to 1024, but was {threads}.");

    private static void StartOnce(Action run, ref int started)
    {
        if (started++ > 0)
            throw new InsufficientMemoryException("no thread");
        new Thread(run.Invoke) { IsBackground = true }.Start();
    }

    private void Break()
    {
        mayEnd.Wait();
        throw new FileNotFoundException("no such file");
    }

    private string WaitAndReturn()
    {
        mayEnd.Wait();
        return "done";
    }

    private string StartAndWait(SemaphoreSlim started)
    {
        started.Release();
        return WaitAndReturn();
    }

    private void TurnUntilIdle(Work work)
    {
        for (var turns = 0; turns < 1_000 && !work.HasEnded; turns++)
            scheduler.Turn(TimeSpan.FromSeconds(1));
        work.HasEnded.ShouldBeTrue();
    }

    private IEnumerator<Wait> Tells(Wait wait)
    {
        yield return wait;
        story.Tell(
            Woken.DeadlineReached ? "late"
            : Woken.Cancelled ? "cancelled"
            : Woken.Failure is { } failure ? $"failed: {failure.Message}"
            : $"got {Woken.Result<string>()}"
        );
    }
}
