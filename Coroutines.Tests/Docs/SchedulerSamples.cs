using System.Net;
using System.Text;
using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

#pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'

/// <summary>Listening, connecting, posting, stopping, watching.</summary>
public sealed class SchedulerSamples
{
    [Test]
    public void A_listener_accepts_until_it_is_closed()
    {
        using var simulation = new Simulation();
        var port = simulation.Listen();
        var server = simulation.Scheduler.Spawn(Serve(port.Listener));
        port.FailsToAccept(AcceptResult.Aborted);
        port.FailsToAccept(AcceptResult.OutOfDescriptors);
        var peer = port.Connects();
        simulation.RunUntilIdle();
        peer.ReceivedText.ShouldBeEmpty();
        simulation.Advance(TimeSpan.FromMilliseconds(100));
        peer.ReceivedText.ShouldBe("hello\n");
        port.Listener.Dispose();
        simulation.RunUntilIdle();
        server.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void A_coroutine_connects()
    {
        using var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var scheduler = new Scheduler();
        scheduler.Spawn(Serve(listener));
        var client = scheduler.Spawn(Fetch(listener.LocalEndPoint));
        scheduler.RunUntil(() => client.HasEnded);
        client.Result.ShouldBe("hello\n");
    }

    [Test]
    public void Another_thread_posts_what_it_found()
    {
        using var scheduler = new Scheduler();
        var found = new List<int>();
        var worker = Work(scheduler, found.Add);
        scheduler.Spawn(Wait(), "forever");
        scheduler.RunUntil(() => found.Count > 0);
        worker.Join();
        found.ShouldBe([42]);

        static IEnumerator<Wait> Wait()
        {
            yield return Sleep(Timeout.InfiniteTimeSpan);
        }
    }

    [Test]
    public void Posts_from_another_thread_are_announced()
    {
        using var scheduler = new Scheduler();
        var answer = 0;
        Action<int> found = number =>
        {
            answer = number;
            scheduler.Stop();
        };
        scheduler.Spawn(StaysAsleep());
        // sample: expect-posts
        using var posts = scheduler.ExpectPosts();
        var worker = Work(scheduler, found);
        scheduler.Run();
        // end sample
        worker.Join();
        answer.ShouldBe(42);

        static IEnumerator<Wait> StaysAsleep()
        {
            yield return Sleep(Timeout.InfiniteTimeSpan);
        }
    }

    [Test]
    public void A_stopped_scheduler_cancels_what_is_left()
    {
        using var scheduler = new Scheduler();
        var sleeper = scheduler.Spawn(StopSoon(scheduler));
        scheduler.Run();
        sleeper.State.ShouldBe(CoroutineState.Cancelled);
    }

    [Test]
    public void An_observer_sees_every_coroutine_come_and_go()
    {
        using var simulation = new Simulation();
        var scheduler = simulation.Scheduler;
        var trace = new StringWriter();
        // sample: attach
        scheduler.Attach(new Trace(trace));
        // end sample
        var peer = simulation.Connect();
        scheduler.Spawn(WaitToRead(peer.Connection), "reader");
        peer.Sends("x");
        simulation.RunUntilIdle();
        trace
            .ToString()
            .ReplaceLineEndings("\n")
            .ShouldBe(
                """
                reader waits for Read
                reader goes on
                reader has ended: Completed

                """.ReplaceLineEndings("\n")
            );
    }

    private static IEnumerator<Wait> WaitToRead(Connection client)
    {
        yield return WantRead(client);
    }

    private static IEnumerator<Wait> StopSoon(Scheduler scheduler)
    {
        // sample: stop
        scheduler.Stop();
        // end sample
        yield return Sleep(Timeout.InfiniteTimeSpan);
    }

    // sample: post
    static Thread Work(Scheduler scheduler, Action<int> found)
    {
        var worker = new Thread(() =>
        {
            var answer = 6 * 7; // what takes long, or blocks
            scheduler.Post(() => found(answer));
        });
        worker.Start();
        return worker;
    }

    // end sample

    // sample: listener
    static IEnumerator<Wait> Serve(Listener listener)
    {
        using var owned = listener;
        using var clients = Scope.Open();
        while (true)
        {
            yield return WantRead(listener);
            switch (listener.Accept(out var client))
            {
                case AcceptResult.Accepted:
                    clients.Spawn(Greet(client!), $"client {client!.RemoteEndPoint}");
                    break;
                case AcceptResult.OutOfDescriptors:
                    yield return Sleep(TimeSpan.FromMilliseconds(100)); // the listener stays readable
                    break;
                case AcceptResult.Closed:
                    yield break;
            }
        }
    }

    static IEnumerator<Wait> Greet(Connection client)
    {
        using var owned = client;
        yield return Call(client.SendAll("hello\n"u8.ToArray()), TimeSpan.FromSeconds(10));
    }

    // end sample

    // sample: connect
    static IEnumerator<Wait> Fetch(EndPoint server)
    {
        yield return Call(Connection.Connect(server), TimeSpan.FromSeconds(5));
        if (Woken.DeadlineReached)
            throw new TimeoutException($"{server} doesn't answer.");
        using var connection = Woken.Result<Connection>();
        var answer = new byte[100];
        yield return WantRead(connection);
        connection.Receive(answer, out var received);
        yield return Return(Encoding.UTF8.GetString(answer, 0, received));
    }

    // end sample

    // sample: observer
    sealed class Trace(TextWriter output) : SchedulerObserver
    {
        public override void Resuming(Coroutine coroutine)
        {
            if (coroutine.State == CoroutineState.Ready)
                output.WriteLine($"{coroutine.Name} goes on");
        }

        public override void Suspended(Coroutine coroutine, Wait wait) =>
            output.WriteLine($"{coroutine.Name} waits for {wait.Kind}");

        public override void Ended(Coroutine coroutine) =>
            output.WriteLine($"{coroutine.Name} has ended: {coroutine.State}");
    }

    // end sample
}
