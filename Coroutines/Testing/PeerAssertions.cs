using System.Text;

namespace Coroutines.Testing;

/// <summary>What a test says about the far end of a connection: what came there, and how the connection stands.</summary>
/// <remarks>Each of these throws an <see cref="AssertionFailedException"/> that tells what is so instead. Let the simulation
/// come to rest first (<see cref="Simulation.RunUntilIdle"/>).</remarks>
public static class PeerAssertions
{
    /// <summary>It was sent these bytes so far, and no others.</summary>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldHaveReceived(this ScriptedPeer peer, ReadOnlySpan<byte> bytes)
    {
        if (!peer.Received.Span.SequenceEqual(bytes))
            throw new AssertionFailedException($"{peer} {Quoted.Difference(bytes, peer.Received.Span)}");
    }

    /// <summary>It was sent this text so far, as Latin-1, and nothing else.</summary>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldHaveReceived(this ScriptedPeer peer, string text) =>
        peer.ShouldHaveReceived(Encoding.Latin1.GetBytes(text));

    /// <summary>It was sent nothing so far.</summary>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldHaveReceivedNothing(this ScriptedPeer peer) => peer.ShouldHaveReceived([]);

    /// <summary>The connection is open in both directions.</summary>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldBeOpen(this ScriptedPeer peer) =>
        Assert(peer, !peer.IsClosed && !peer.IsHalfClosed, "open");

    /// <summary>The near end sends no more, but is still there to receive.</summary>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldBeHalfClosed(this ScriptedPeer peer) =>
        Assert(peer, !peer.IsClosed && peer.IsHalfClosed, "half-closed");

    /// <summary>The near end is closed.</summary>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldBeClosed(this ScriptedPeer peer) => Assert(peer, peer.IsClosed, "closed");

    private static void Assert(ScriptedPeer peer, bool isSo, string expected)
    {
        if (!isSo)
            throw new AssertionFailedException($"{peer} should be {expected}, but is {StateOf(peer)}.");
    }

    private static string StateOf(ScriptedPeer peer) =>
        peer.IsClosed ? "closed" : $"{(peer.IsHalfClosed ? "half-closed" : "open")}{WaitersOf(peer.Connection.Slot)}";

    private static string WaitersOf(SocketSlot slot)
    {
        var reader = slot.Reader is { } one ? $"; #{one.Id} '{one.Name}' waits to read it" : "";
        var writer = slot.Writer is { } other ? $"; #{other.Id} '{other.Name}' waits to write it" : "";
        return reader + writer;
    }
}
