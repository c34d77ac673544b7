using System.Net.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: a scheduler that is disposed of, or stopped, from within ends in good order.</summary>
public sealed class DisposingScenarios(string poller) : PollerFixture(poller)
{
    [Test]
    public void A_coroutine_may_dispose_of_its_scheduler()
    {
        var (near, _) = Pair();
        var released = 0;
        Scheduler.Spawn(ReadsUntilTheEnd(near, () => released++));
        Scheduler.Spawn(Does(Scheduler.Dispose));
        Should.NotThrow(Scheduler.Run);
        (released, Scheduler.Count).ShouldBe((1, 0));
    }

    [Test]
    public void A_posted_action_may_dispose_of_its_scheduler()
    {
        var (near, _) = Pair();
        var released = 0;
        Scheduler.Spawn(ReadsUntilTheEnd(near, () => released++));
        Scheduler.Post(Scheduler.Dispose);
        Should.NotThrow(Scheduler.Run);
        released.ShouldBe(1);
    }

    [Test]
    public void A_coroutine_may_stop_its_scheduler()
    {
        var (near, _) = Pair();
        var released = 0;
        Scheduler.Spawn(ReadsUntilTheEnd(near, () => released++));
        Scheduler.Spawn(Does(Scheduler.Stop));
        Scheduler.Run();
        (released, Scheduler.Count).ShouldBe((1, 0));
    }

    private static IEnumerator<Wait> Does(Action action)
    {
        action();
        yield return Pause();
    }

    private static IEnumerator<Wait> ReadsUntilTheEnd(Socket socket, Action release)
    {
        try
        {
            yield return WantRead(socket);
        }
        finally
        {
            release();
        }
    }
}
