using Coroutines.Sync;
using Coroutines.Tests.Core;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: a failure of work that was told to coroutines, none of which was resumed to see it, is told as one for
/// which nobody waits, once.</summary>
public sealed class UnseenWorkScenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Scheduler scheduler = new();
    private readonly Story story = new();
    private readonly SemaphoreSlim mayEnd = new(0);
    private readonly SemaphoreSlim hasEnded = new(0);
    private Workers workers = null!;
    private Work broken = null!;

    [SetUp]
    public void Open()
    {
        scheduler.Failed += (coroutine, failure) => story.Tell($"{coroutine.Name}: {failure.Message}");
        workers = new Workers(scheduler, maxThreads: 1);
        broken = workers.Start(Break, "broken");
        workers.Start(hasEnded.Release);
    }

    [TearDown]
    public void Close()
    {
        workers.Dispose();
        scheduler.Dispose();
        mayEnd.Dispose();
        hasEnded.Dispose();
    }

    [Test]
    public void It_is_told_when_the_last_of_them_is_cancelled([Values] bool isTried)
    {
        GivenAHandler();
        var (first, second) = (GivenAWaiter(isTried), GivenAWaiter(isTried));
        WhenTheWorkFails(first.Cancel, () => story.ShouldBe(), second.Cancel);
        story.ShouldBe("work 'broken' (done): no such file");
    }

    [Test]
    public void One_that_one_of_them_has_seen_is_not_told([Values] bool isTried, [Values] bool isLast)
    {
        GivenAHandler();
        var waiters = new[] { GivenAWaiter(isTried), GivenAWaiter(isTried) };
        WhenTheWorkFails(waiters[isLast ? 0 : 1].Cancel);
        story.ShouldBe(isTried ? "saw no such file" : "waiter: no such file");
    }

    [Test]
    public void It_is_told_when_one_that_waits_for_any_of_several_is_cancelled()
    {
        GivenAHandler();
        var waiter = scheduler.Spawn(Sees(Any(Sleep(TimeSpan.FromHours(1)), broken.Join())));
        WhenTheWorkFails(waiter.Cancel);
        story.ShouldBe("work 'broken' (done): no such file");
    }

    [Test]
    public void One_that_comes_after_it_was_told_has_nothing_to_tell()
    {
        GivenAHandler();
        WhenTheWorkFails();
        var late = GivenAWaiter(isTried: true);
        scheduler.Turn(TimeSpan.Zero);
        late.State.ShouldBe(CoroutineState.Ready);
        late.Cancel();
        story.ShouldBe("work 'broken' (done): no such file");
    }

    [Test]
    public void Without_a_handler_the_turn_throws_it()
    {
        var waiter = GivenAWaiter(isTried: true);
        Should
            .Throw<CoroutineFailedException>(() => WhenTheWorkFails(waiter.Cancel))
            .Message.ShouldBe("work 'broken' (done) failed: no such file");
    }

    private void GivenAHandler() => workers.Failed += (work, failure) => story.Tell($"{work}: {failure.Message}");

    private Coroutine GivenAWaiter(bool isTried) =>
        scheduler.Spawn(Sees(isTried ? broken.TryJoin() : broken.Join()), "waiter");

    /// <summary>Its end is told at the beginning of a turn, and what is posted after it is done before anybody is resumed.
    /// </summary>
    private void WhenTheWorkFails(params Action[] andThen)
    {
        scheduler.Turn(TimeSpan.Zero);
        mayEnd.Release();
        hasEnded.Wait(Patience).ShouldBeTrue(); // the same thread did this after it had told the failure
        foreach (var action in andThen)
            scheduler.Post(action);
        scheduler.Turn(TimeSpan.Zero);
        broken.HasEnded.ShouldBeTrue();
    }

    private void Break()
    {
        mayEnd.Wait();
        throw new FileNotFoundException("no such file");
    }

    private IEnumerator<Wait> Sees(Wait wait)
    {
        yield return wait;
        story.Tell($"saw {Woken.Failure?.Message}");
    }
}
