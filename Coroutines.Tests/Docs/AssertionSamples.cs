using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

/// <summary>How a test says what ought to be so.</summary>
public sealed class AssertionSamples
{
    // sample: assertions
    [Test]
    public void A_client_is_greeted_by_its_name()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect();
        var greeting = simulation.Scheduler.Spawn(Greet(peer.Connection), "greeting");

        simulation.RunUntilIdle();
        greeting.ShouldBeWaitingToRead(peer.Connection);
        peer.ShouldHaveReceived("Who is there?\n");

        peer.Sends("Ada");
        simulation.RunUntilIdle();
        peer.ShouldHaveReceived("Who is there?\nHello, Ada!\n");
        peer.ShouldBeClosed();
        greeting.ShouldHaveReturned("Ada");
        simulation.ShouldHaveNothingLeft();
    }

    // end sample

    // sample: listener-refuses
    [Test]
    public void A_client_that_cannot_be_accepted_is_accepted_later()
    {
        using var simulation = new Simulation();
        var listener = simulation.Listen();
        simulation.Scheduler.Spawn(Serve(listener.Listener), "server");

        listener.FailsToAccept(AcceptResult.OutOfDescriptors);
        var client = listener.Connects();
        simulation.RunUntilIdle();
        client.ShouldHaveReceivedNothing();

        simulation.Advance(TimeSpan.FromSeconds(1));
        client.ShouldHaveReceived("Who is there?\n");
    }

    // end sample

    // sample: failed
    [Test]
    public void A_client_that_says_nothing_fails_its_coroutine()
    {
        using var simulation = new Simulation();
        var failures = new List<string>();
        simulation.Scheduler.Failed += (coroutine, failure) => failures.Add($"{coroutine.Name}: {failure.Message}");
        var peer = simulation.Connect();
        var greeting = simulation.Scheduler.Spawn(Greet(peer.Connection), "greeting");

        peer.HalfCloses();
        simulation.RunUntilIdle();
        greeting.ShouldHaveFailed<EndOfStreamException>();
        failures.ShouldBe(["greeting: There was no name."]);
    }

    // end sample

    private static IEnumerator<Wait> Serve(Listener listener)
    {
        using var owned = listener;
        using var clients = Scope.Open();
        while (true)
        {
            yield return WantRead(listener);
            if (listener.Accept(out var client) == AcceptResult.OutOfDescriptors)
                yield return Sleep(TimeSpan.FromSeconds(1));
            else if (client is not null)
                clients.Spawn(Greet(client), "greeting");
        }
    }

    private static IEnumerator<Wait> Greet(Connection client)
    {
        using var owned = client;
        yield return Call(client.SendAll("Who is there?\n"u8.ToArray()));
        var name = new byte[100];
        yield return WantRead(client);
        if (client.Receive(name, out var length) != ReceiveResult.Data)
            throw new EndOfStreamException("There was no name.");
        var text = System.Text.Encoding.UTF8.GetString(name, 0, length);
        yield return Call(client.SendAll(System.Text.Encoding.UTF8.GetBytes($"Hello, {text}!\n")));
        yield return Return(text);
    }
}
