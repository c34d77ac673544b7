using System.Diagnostics;
using System.Net.Sockets;
using Coroutines.Polling;
using static Coroutines.Wait;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: other threads wake a loop that is blocked in its poll, and no wake-up is ever lost.</summary>
public sealed class WakingScenarios(string poller) : PollerFixture(poller)
{
    private const int Threads = 3;
    private const int PostsPerThread = 10_000;

    private readonly List<Thread> threads = [];
    private int seen;

    [TearDown]
    public void JoinThreads() => threads.ForEach(thread => thread.Join(Patience).ShouldBeTrue());

    [Test]
    public void Of_thousands_of_posts_from_many_threads_none_is_lost()
    {
        for (var i = 0; i < Threads; i++)
            GivenAThread(() => Repeat(PostsPerThread, () => Scheduler.Post(Count)));
        TurnUntilAllPostsAreSeen();
    }

    [Test]
    public void Each_post_by_itself_wakes_the_loop()
    {
        for (var i = 0; i < Threads; i++)
            GivenAThread(PostOneByOne);
        TurnUntilAllPostsAreSeen();
    }

    [Test]
    public void A_post_before_the_first_turn_is_seen_in_it()
    {
        Scheduler.Post(Count);
        Scheduler.Turn(Patience);
        seen.ShouldBe(1);
    }

    [Test]
    public void A_wake_up_ends_one_poll_only()
    {
        Scheduler.Post(() => { });
        Scheduler.Turn(Patience);
        TurnFor(TimeSpan.FromMilliseconds(50)).ShouldBeLessThan(4);
    }

    [Test]
    public void Stop_ends_a_run_that_is_blocked()
    {
        var isCancelled = false;
        using var blocked = new ManualResetEventSlim();
        Scheduler.Attach(new PollObserver(blocked));
        Scheduler.Spawn(WaitForEver(Pair().Near, () => isCancelled = true));
        GivenAThread(() =>
        {
            blocked.Wait(Patience);
            Scheduler.Stop();
        });
        var watch = Stopwatch.StartNew();
        Scheduler.Run();
        isCancelled.ShouldBeTrue();
        watch.Elapsed.ShouldBeLessThan(Patience);
    }

    [Test]
    public void Post_and_stop_after_the_end_do_nothing()
    {
        Scheduler.Dispose();
        Should.NotThrow(() => Scheduler.Post(() => { }));
        Should.NotThrow(Scheduler.Stop);
    }

    private void GivenAThread(ThreadStart start)
    {
        var thread = new Thread(start) { IsBackground = true };
        threads.Add(thread);
        thread.Start();
    }

    private void PostOneByOne()
    {
        using var isSeen = new SemaphoreSlim(0);
        Repeat(
            PostsPerThread,
            () =>
            {
                Scheduler.Post(() =>
                {
                    Count();
                    isSeen.Release();
                });
                isSeen.Wait(Patience);
            }
        );
    }

    private void Count()
    {
        if (++seen == Threads * PostsPerThread)
            Scheduler.Post(() => { }); // so that the turn under way doesn't wait for more
    }

    // A limit for each turn would hide a lost wake-up: the loop would go on, only later.
    private void TurnUntilAllPostsAreSeen()
    {
        var watch = Stopwatch.StartNew();
        while (seen < Threads * PostsPerThread)
        {
            Scheduler.Turn(Patience);
            watch.Elapsed.ShouldBeLessThan(Patience, "a wake-up was lost");
        }
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
            action();
    }

    private static IEnumerator<Wait> WaitForEver(Socket socket, Action cancelled)
    {
        try
        {
            yield return WantRead(socket);
        }
        finally
        {
            cancelled();
        }
    }

    private sealed class PollObserver(ManualResetEventSlim blocked) : SchedulerObserver
    {
        public override void Polling(WatchList watched, TimeSpan timeout)
        {
            if (timeout == Timeout.InfiniteTimeSpan)
                blocked.Set();
        }
    }
}
