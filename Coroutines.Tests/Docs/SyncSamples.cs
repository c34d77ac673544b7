using System.Text;
using Coroutines.Sockets;
using Coroutines.Sync;
using Coroutines.Testing;
using static Coroutines.Wait;
using Semaphore = Coroutines.Sync.Semaphore;

namespace Coroutines.Tests.Docs;

#pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'

/// <summary>Events, permits, channels, and any of several.</summary>
public sealed class SyncSamples
{
    private readonly Simulation simulation = new();

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void An_event_is_waited_for_and_given_up()
    {
        var (loaded, served) = (new Event("loaded"), 0);
        Scheduler.Spawn(ServeOnceLoaded(loaded, () => served++));
        simulation.RunUntilIdle();
        loaded.Set();
        simulation.RunUntilIdle();
        served.ShouldBe(1);
        loaded.Reset();
        var late = Scheduler.Spawn(ServeOnceLoaded(loaded, () => served++));
        Scheduler.Failed += (_, _) => { };
        simulation.Advance(TimeSpan.FromSeconds(30));
        late.Failure.ShouldBeOfType<TimeoutException>();
    }

    [Test]
    public void A_permit_is_held_for_the_length_of_a_call()
    {
        var connections = new Semaphore(1, "connections");
        var second = TimeSpan.FromSeconds(1);
        var queries = new[]
        {
            Scheduler.Spawn(Query(connections, Asks())),
            Scheduler.Spawn(Query(connections, Asks())),
        };
        simulation.Advance(second);
        queries.Count(query => query.HasEnded).ShouldBe(1);
        simulation.Advance(second);
        queries.ShouldAllBe(query => query.HasEnded);
        connections.Available.ShouldBe(1);

        IEnumerator<Wait> Asks()
        {
            yield return Sleep(second);
        }
    }

    [Test]
    public void Items_go_through_a_channel_to_its_end()
    {
        var (jobs, done) = (new Channel<int>(2, "jobs"), new List<int>());
        Scheduler.Spawn(Consume(jobs, done.Add));
        Scheduler.Spawn(Produce(jobs, 5));
        simulation.RunUntilIdle();
        done.ShouldBe([1, 2, 3, 4, 5]);
        Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void The_first_of_several_counts()
    {
        var (peer, news, stopping) = (simulation.Connect(), new Channel<string>(1), new Event());
        Scheduler.Spawn(Relay(peer.Connection, news, stopping));
        foreach (var line in new[] { "one\n", "two\n" })
        {
            news.TrySend(line);
            simulation.RunUntilIdle();
        }
        peer.ReceivedText.ShouldBe("one\ntwo\n");
        stopping.Set();
        simulation.RunUntilIdle();
        peer.IsClosed.ShouldBeTrue();
        news.ReceiverCount.ShouldBe(0);
    }

    // sample: event
    static IEnumerator<Wait> ServeOnceLoaded(Event loaded, Action serve)
    {
        yield return loaded.WaitUntilSet(TimeSpan.FromSeconds(30));
        if (Woken.DeadlineReached)
            throw new TimeoutException("The site took longer than 30 s to load.");
        serve();
    }

    // end sample

    // sample: semaphore
    static IEnumerator<Wait> Query(Semaphore connections, IEnumerator<Wait> ask)
    {
        yield return connections.Acquire();
        try
        {
            yield return Call(ask);
        }
        finally
        {
            connections.Release();
        }
    }

    // end sample

    // sample: channel
    static IEnumerator<Wait> Produce(Channel<int> jobs, int count)
    {
        for (var job = 1; job <= count; job++)
            yield return jobs.Send(job);
        jobs.Close();
    }

    static IEnumerator<Wait> Consume(Channel<int> jobs, Action<int> work)
    {
        while (true)
        {
            yield return jobs.Receive();
            if (Woken.Closed)
                yield break;
            work(Woken.Result<int>());
        }
    }

    // end sample

    // sample: any
    static IEnumerator<Wait> Relay(Connection client, Channel<string> news, Event stopping)
    {
        using var owned = client;
        var next = Any(stopping.WaitUntilSet(), news.Receive(), WantRead(client));
        while (true)
        {
            yield return next;
            if (Woken.Index != 1 || Woken.Closed)
                yield break; // stopping, no more news, or the client spoke or left
            yield return Call(client.SendAll(Encoding.UTF8.GetBytes(Woken.Result<string>())));
        }
    }

    // end sample
}
