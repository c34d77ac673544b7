using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

#pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'

/// <summary>Scopes hold coroutines together; a cancel is delivered at a wait.</summary>
public sealed class ScopeSamples
{
    private readonly Simulation simulation = new();

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void A_scope_ends_with_its_deadline()
    {
        var (one, other) = (simulation.Connect(), simulation.Connect());
        one.HalfCloses();
        var timed = simulation.Scheduler.Spawn(DrainAll([one.Connection, other.Connection]));
        simulation.Advance(TimeSpan.FromSeconds(5));
        timed.Result.ShouldBe("1 in time");
        other.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void The_first_to_come_cancels_the_others()
    {
        var (one, other) = (simulation.Connect(), simulation.Connect());
        var race = simulation.Scheduler.Spawn(FirstToSpeak([one.Connection, other.Connection]));
        other.Sends("me");
        simulation.RunUntilIdle();
        race.Result.ShouldBe(other.Connection);
        simulation.Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void Cancelled_before_its_first_turn_a_coroutine_still_releases_what_it_was_handed()
    {
        var peer = simulation.Connect();
        var log = new List<string>();
        var coroutine = simulation.Scheduler.Spawn(Hold(peer.Connection, log.Add));
        coroutine.Cancel();
        coroutine.State.ShouldBe(CoroutineState.Cancelled);
        log.ShouldBe(["begun", "released"]);
        peer.IsClosed.ShouldBeTrue();
    }

    // sample: scope
    static IEnumerator<Wait> DrainAll(IReadOnlyList<Connection> clients)
    {
        var count = 0;
        using var draining = Scope.Open(TimeSpan.FromSeconds(5));
        foreach (var client in clients)
            draining.Spawn(Drain(client, () => count++));
        yield return draining.Join();
        yield return Return(draining.DeadlineReached ? $"{count} in time" : "all in time");
    }

    static IEnumerator<Wait> Drain(Connection client, Action done)
    {
        using var owned = client;
        var buffer = new byte[4096];
        var last = ReceiveResult.Data;
        while (last is ReceiveResult.Data or ReceiveResult.WouldBlock)
        {
            yield return WantRead(client);
            last = client.Receive(buffer, out _);
        }
        done();
    }

    // end sample

    // sample: first
    static IEnumerator<Wait> FirstToSpeak(IReadOnlyList<Connection> clients)
    {
        Connection? first = null;
        using var listening = Scope.Open();
        foreach (var client in clients)
            listening.Spawn(Listen(client));
        yield return listening.Join();
        yield return Return(first);

        IEnumerator<Wait> Listen(Connection client)
        {
            yield return WantRead(client);
            first ??= client;
            listening.Cancel();
        }
    }

    // end sample

    // sample: take-over
    static IEnumerator<Wait> Hold(Connection client, Action<string> log)
    {
        using var owned = client; // the first statement: from here on it is released, whatever happens
        log("begun");
        try
        {
            yield return Sleep(TimeSpan.FromHours(1));
            log("rested");
        }
        finally
        {
            log("released");
        }
    }

    // end sample
}
