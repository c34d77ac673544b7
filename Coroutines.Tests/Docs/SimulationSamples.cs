using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

/// <summary>How one tests coroutines of one's own.</summary>
public sealed class SimulationSamples
{
    // sample: simulation
    [Test]
    public void A_silent_client_is_let_go_after_ten_minutes()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect();
        simulation.Scheduler.Spawn(Chat(peer.Connection));

        peer.Sends("hello");
        simulation.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        peer.ReceivedText.ShouldBe("hello");
        peer.IsClosed.ShouldBeFalse();

        simulation.Advance(TimeSpan.FromMilliseconds(1));
        peer.IsClosed.ShouldBeTrue();
    }

    // end sample

    // sample: scripted-peer
    [Test]
    public void A_slow_reader_gets_every_byte_once()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect();
        peer.MaxBytesPerSend = 3; // each send takes at most three bytes
        peer.Window = 5; // and five in all, until the peer reads
        peer.SpuriousWakeups = 2; // and it is woken twice for nothing
        simulation.Scheduler.Spawn(Chat(peer.Connection));

        peer.SendsInPieces("hello, world"u8, pieceBytes: 4);
        simulation.RunUntilIdle();
        peer.ReceivedText.ShouldBe("hello");

        peer.Window = long.MaxValue;
        simulation.RunUntilIdle();
        peer.ReceivedText.ShouldBe("hello, world");
    }

    // end sample

    [Test]
    public void With_autojump_time_passes_by_itself()
    {
        // sample: auto-jump
        using var simulation = new Simulation { AutoJump = true };
        var peer = simulation.Connect();
        var chat = simulation.Scheduler.Spawn(Chat(peer.Connection));
        simulation.RunUntilIdle(); // nothing comes: the clock jumps to the deadline
        chat.State.ShouldBe(CoroutineState.Completed);
        // end sample
    }

    private static IEnumerator<Wait> Chat(Connection client)
    {
        using var owned = client;
        var buffer = new byte[100];
        while (true)
        {
            yield return WantRead(client, TimeSpan.FromMinutes(10));
            if (Woken.DeadlineReached)
                yield break;
            var result = client.Receive(buffer, out var received);
            if (result == ReceiveResult.WouldBlock)
                continue;
            if (result != ReceiveResult.Data)
                yield break;
            yield return Call(client.SendAll(buffer.AsMemory(0, received)));
        }
    }
}
