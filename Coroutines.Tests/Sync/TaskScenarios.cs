using Coroutines.Sync;
using Coroutines.Tests.Core;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: a coroutine waits for a task, and others await a coroutine as a task.</summary>
public sealed class TaskScenarios
{
    private readonly Scheduler scheduler = new();
    private readonly Story story = new();
    private readonly TaskCompletionSource<int> source = new();

    [SetUp]
    public void FailuresAreTold() =>
        scheduler.Failed += (coroutine, failure) => story.Tell($"{coroutine.Name}: {failure.Message}");

    [TearDown]
    public void End() => scheduler.Dispose();

    [Test]
    public void Its_result_comes_from_another_thread()
    {
        scheduler.Spawn(Tells(source.Task.Join()));
        scheduler.Turn(TimeSpan.Zero);
        OtherThread.Run(() => source.SetResult(42)).ShouldBeNull();
        scheduler.Run();
        story.ShouldBe("got 42");
    }

    [Test]
    public void One_that_ends_just_as_it_is_asked_brings_its_result()
    {
        TaskCompletionSource<int>? next = null;
        var isOver = false;
        var other = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
                Interlocked.Exchange(ref next, null)?.SetResult(42);
        });
        other.Start();
        var waiter = scheduler.Spawn(Returns(0));
        for (var i = 0; i < 200_000; i++)
        {
            var one = new TaskCompletionSource<int>();
            IAwaited wait = new TaskWait(one.Task, () => one.Task.Result, isTried: false);
            Volatile.Write(ref next, one);
            Thread.SpinWait(i % 16);
            var place = wait.Enlist(waiter, default, out var outcome);
            place?.Leave(waiter);
            if (place is null && outcome.Reason != WakeupReason.Returned)
                story.Tell($"{i} brought {outcome.Reason}");
        }
        Volatile.Write(ref isOver, true);
        other.Join();
        story.ShouldBe();
    }

    [Test]
    public void One_that_has_ended_is_not_waited_for()
    {
        scheduler.Spawn(Tells(Task.FromResult(42).Join()));
        scheduler.Run();
        story.ShouldBe("got 42");
    }

    [Test]
    public void Its_failure_is_the_coroutines_unless_that_asked_to_see_it()
    {
        source.SetException(new FormatException("broken"));
        scheduler.Spawn(Tells(source.Task.Join()), "joins");
        scheduler.Spawn(Tells(source.Task.TryJoin()), "tries");
        scheduler.Run();
        story.ShouldBe("joins: broken", "failed: broken");
    }

    [Test]
    public void Its_result_may_be_null()
    {
        scheduler.Spawn(TellsText(Task.FromResult<string?>(null).Join()));
        scheduler.Spawn(TellsText(Call(ReturnsNull())));
        scheduler.Spawn(Tells(Call(ReturnsNull())));
        scheduler.Run();
        story.ShouldBe(
            "text null",
            "coroutine 3: #3 'coroutine 3' Running asked for a result of type Int32, but the child returned null.",
            "text null"
        );
    }

    [Test]
    public void Of_several_failures_none_is_left_out()
    {
        source.SetException([new FormatException("broken"), new IOException("torn")]);
        scheduler.Spawn(Tells(source.Task.TryJoin()));
        scheduler.Run();
        story.Joined.ShouldContain("(broken) (torn)");
    }

    [Test]
    public void A_value_task_is_waited_for_like_any()
    {
        scheduler.Spawn(Tells(new ValueTask<int>(source.Task).Join()), "joins");
        scheduler.Spawn(Tells(new ValueTask(source.Task).TryJoin()), "tries");
        source.SetException(new FormatException("broken"));
        scheduler.Run();
        story.ShouldBe("joins: broken", "failed: broken");
    }

    [Test]
    public void Its_cancel_is_told()
    {
        source.SetCanceled();
        scheduler.Spawn(Tells(source.Task.Join()));
        scheduler.Run();
        story.ShouldBe("cancelled");
    }

    [Test]
    public void One_that_is_given_up_goes_on_and_can_be_waited_for_again()
    {
        scheduler.Spawn(Tells(source.Task.Join(TimeSpan.FromMilliseconds(1))));
        scheduler.Run();
        story.ShouldBe("late");
        source.SetResult(42);
        scheduler.Spawn(Tells(source.Task.Join()));
        scheduler.Run();
        story.ShouldBe("late", "got 42");
    }

    [Test]
    public void One_that_ended_just_before_its_waiter_was_cancelled_wakes_nobody()
    {
        var waiter = scheduler.Spawn(Tells(source.Task.Join()));
        scheduler.Turn(TimeSpan.Zero);
        source.SetResult(42);
        waiter.Cancel();
        scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe();
        scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void Of_several_waits_one_may_be_a_task()
    {
        var never = new Event("never");
        scheduler.Spawn(Tells(Any(never.WaitUntilSet(), source.Task.Join())));
        scheduler.Turn(TimeSpan.Zero);
        OtherThread.Run(() => source.SetResult(42)).ShouldBeNull();
        scheduler.Run();
        story.ShouldBe("got 42");
        never.WaiterCount.ShouldBe(0);
    }

    [Test]
    public void No_longer_waited_for_it_keeps_no_deadlock_away()
    {
        scheduler.Spawn(Tells(source.Task.Join())).Cancel();
        var waiter = scheduler.Spawn(Tells(source.Task.Join()));
        scheduler.Turn(TimeSpan.Zero);
        waiter.Cancel();
        scheduler.Spawn(Tells(new Event("never").WaitUntilSet()));
        Should.Throw<DeadlockException>(scheduler.Run);
    }

    [Test]
    public void A_coroutine_is_a_task_that_completes_fails_or_is_cancelled_as_it_did()
    {
        var completes = scheduler.Spawn(Returns(42)).AsTask();
        var fails = scheduler.Spawn(Fails()).AsTask();
        var sleeper = scheduler.Spawn(Tells(Sleep(Timeout.InfiniteTimeSpan)));
        var cancelled = sleeper.AsTask();
        scheduler.Turn(TimeSpan.Zero);
        sleeper.Cancel();
        scheduler.Run();
        completes.Result.ShouldBe(42);
        fails.Exception!.InnerException.ShouldBeOfType<FormatException>();
        cancelled.IsCanceled.ShouldBeTrue();
        story.ShouldBe();
    }

    [Test]
    public void One_that_has_ended_is_a_completed_task()
    {
        var coroutine = scheduler.Spawn(Returns(42));
        scheduler.Run();
        coroutine.AsTask().Result.ShouldBe(42);
    }

    [Test]
    public void Another_thread_runs_one_and_gets_its_result()
    {
        Task<object?>? task = null;
        OtherThread.Run(() => task = scheduler.RunAsync(Returns(42))).ShouldBeNull();
        scheduler.Run();
        task!.Result.ShouldBe(42);
    }

    [Test]
    public void A_scheduler_that_was_disposed_of_runs_none()
    {
        scheduler.Dispose();
        Should.Throw<ObjectDisposedException>(() => scheduler.RunAsync(Returns(42)));
    }

    private IEnumerator<Wait> Tells(Wait wait)
    {
        yield return wait;
        story.Tell(
            Woken.DeadlineReached ? "late"
            : Woken.Cancelled ? "cancelled"
            : Woken.Failure is { } failure ? $"failed: {failure.Message}"
            : $"got {Woken.Result<int>()}"
        );
    }

    private IEnumerator<Wait> TellsText(Wait wait)
    {
        yield return wait;
        story.Tell($"text {Woken.Result<string?>() ?? "null"}");
    }

    private static IEnumerator<Wait> ReturnsNull()
    {
        yield return Return(null);
    }

    private static IEnumerator<Wait> Returns(int value)
    {
        yield return Pause();
        yield return Return(value);
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Pause();
        throw new FormatException("broken");
    }
}
