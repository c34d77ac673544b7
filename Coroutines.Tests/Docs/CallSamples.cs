using System.Text;
using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

#pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'

/// <summary>Calls, their results, their deadlines and their failures; and the same of joins.</summary>
public sealed class CallSamples
{
    private readonly Simulation simulation = new();

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void A_call_returns_a_result()
    {
        var peer = simulation.Connect();
        peer.SendsInPieces("Ada\n"u8, 1);
        simulation.Scheduler.Spawn(Greet(peer.Connection));
        simulation.RunUntilIdle();
        peer.ReceivedText.ShouldBe("Hello, Ada!\n");
        peer.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void A_call_is_given_up_as_a_whole_at_its_deadline()
    {
        var peer = simulation.Connect();
        simulation.Scheduler.Spawn(Greet(peer.Connection));
        for (var second = 0; second < 9; second++)
        {
            peer.Sends("A");
            simulation.Advance(TimeSpan.FromSeconds(1));
        }
        peer.ReceivedText.ShouldBeEmpty();
        simulation.Advance(TimeSpan.FromSeconds(1));
        peer.ReceivedText.ShouldBe("Too late.\n");
    }

    [Test]
    public void A_failure_is_seen_by_whoever_tries()
    {
        var peer = simulation.Connect();
        peer.HalfCloses();
        var reading = simulation.Scheduler.Spawn(ReadOrApologize(peer.Connection));
        simulation.RunUntilIdle();
        peer.ReceivedText.ShouldBe("Sorry: The line was cut short.\n");
        reading.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void Without_a_handler_the_turn_throws_and_the_scheduler_goes_on()
    {
        var peer = simulation.Connect();
        peer.HalfCloses();
        var reading = simulation.Scheduler.Spawn(ReadLine(peer.Connection), "reader");
        var thrown = Should.Throw<CoroutineFailedException>(() => simulation.RunUntilIdle());
        thrown.InnerException.ShouldBeOfType<EndOfStreamException>();
        reading.Failure.ShouldBeSameAs(thrown.InnerException);
        simulation.RunUntilIdle();
    }

    [Test]
    public void Two_coroutines_are_joined()
    {
        var (one, other) = (simulation.Connect(), simulation.Connect());
        one.Sends("Ada\n");
        var both = simulation.Scheduler.Spawn(ReadBoth(one.Connection, other.Connection));
        simulation.RunUntilIdle();
        both.HasEnded.ShouldBeFalse();
        other.Sends("Grace\n");
        simulation.RunUntilIdle();
        both.Result.ShouldBe("Ada and Grace");
    }

    [Test]
    public void A_joined_failure_fails_the_joiner_and_closes_its_scope()
    {
        var (one, other) = (simulation.Connect(), simulation.Connect());
        var failures = new List<string>();
        simulation.Scheduler.Failed += (coroutine, _) => failures.Add(coroutine.Name);
        simulation.Scheduler.Spawn(ReadBoth(one.Connection, other.Connection), "both");
        one.HalfCloses();
        simulation.RunUntilIdle();
        failures.ShouldBe(["both"]);
        simulation.Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void How_a_coroutine_ended_is_seen_by_whoever_tries_to_join()
    {
        var peer = simulation.Connect();
        var reader = simulation.Scheduler.Spawn(ReadLine(peer.Connection));
        var said = new List<string>();
        simulation.Scheduler.Spawn(Watch(reader, said.Add));
        simulation.Advance(TimeSpan.FromSeconds(60));
        peer.HalfCloses();
        simulation.RunUntilIdle();
        said.ShouldBe(["still at it", "failed: The line was cut short."]);
    }

    [Test]
    public void A_cancelled_coroutine_is_seen_too()
    {
        var peer = simulation.Connect();
        var reader = simulation.Scheduler.Spawn(ReadLine(peer.Connection));
        var said = new List<string>();
        simulation.Scheduler.Spawn(Watch(reader, said.Add));
        simulation.RunUntilIdle();
        reader.Cancel();
        simulation.RunUntilIdle();
        said.ShouldBe(["cancelled"]);
    }

    // sample: call
    static IEnumerator<Wait> Greet(Connection client)
    {
        using var owned = client;
        yield return Call(ReadLine(client), TimeSpan.FromSeconds(10));
        var answer = Woken.DeadlineReached ? "Too late.\n" : $"Hello, {Woken.Result<string>()}!\n";
        yield return Call(client.SendAll(Encoding.UTF8.GetBytes(answer)));
    }

    static IEnumerator<Wait> ReadLine(Connection client)
    {
        var line = new StringBuilder();
        var buffer = new byte[1]; // one byte at a time, to keep the sample short
        while (true)
        {
            yield return WantRead(client);
            var result = client.Receive(buffer, out _);
            if (result == ReceiveResult.WouldBlock)
                continue;
            if (result != ReceiveResult.Data)
                throw new EndOfStreamException("The line was cut short.");
            if (buffer[0] == '\n')
                yield return Return(line.ToString());
            line.Append((char)buffer[0]);
        }
    }

    // end sample

    // sample: try-call
    static IEnumerator<Wait> ReadOrApologize(Connection client)
    {
        using var owned = client;
        yield return TryCall(ReadLine(client));
        if (Woken.Failure is EndOfStreamException cut)
            yield return Call(client.SendAll(Encoding.UTF8.GetBytes($"Sorry: {cut.Message}\n")));
    }

    // end sample

    // sample: join
    static IEnumerator<Wait> ReadBoth(Connection one, Connection other)
    {
        using var readers = Scope.Open();
        var first = readers.Spawn(ReadLine(one));
        var second = readers.Spawn(ReadLine(other));
        yield return Join(first);
        var left = Woken.Result<string>();
        yield return Join(second);
        yield return Return($"{left} and {Woken.Result<string>()}");
    }

    // end sample

    // sample: try-join
    static IEnumerator<Wait> Watch(Coroutine coroutine, Action<string> say)
    {
        yield return TryJoin(coroutine, TimeSpan.FromSeconds(60));
        if (Woken.DeadlineReached)
        {
            say("still at it");
            yield return TryJoin(coroutine);
        }
        if (Woken.Failure is { } failure)
            say($"failed: {failure.Message}");
        else if (Woken.Cancelled)
            say("cancelled");
        else
            say("done");
    }

    // end sample
}
