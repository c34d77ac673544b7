using System.Net.Sockets;

namespace Coroutines.Testing;

/// <summary>What a test says about a coroutine: what it waits for, or how it has ended.</summary>
/// <remarks>Each of these throws an <see cref="AssertionFailedException"/> that tells the state of the coroutine instead.
/// Let the simulation come to rest first (<see cref="Simulation.RunUntilIdle"/>).</remarks>
public static class CoroutineAssertions
{
    /// <summary>It is suspended at a wait of this kind, whatever it waits on.</summary>
    /// <param name="coroutine">The coroutine.</param>
    /// <param name="kind">The kind; of several waits it is <see cref="WaitKind.Any"/>.</param>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldBeWaiting(this Coroutine coroutine, WaitKind kind) =>
        Assert(coroutine, IsSuspended(coroutine) && coroutine.WaitingFor == kind, $"be suspended at {kind}");

    /// <summary>It waits to read this connection or listener, alone or among several things.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="socket"/> is null.</exception>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldBeWaitingToRead(this Coroutine coroutine, IWaitable socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Assert(coroutine, socket.Slot.Reader == coroutine, $"be waiting to read {socket}");
    }

    /// <summary>It waits to read this socket, and for nothing else but perhaps to write it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="socket"/> is null.</exception>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldBeWaitingToRead(this Coroutine coroutine, Socket socket)
    {
        var slot = SlotOf(coroutine, socket);
        Assert(coroutine, slot?.Reader == coroutine, $"be waiting to read {socket.LocalEndPoint}");
    }

    /// <summary>It waits to write this connection, alone or among several things.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="socket"/> is null.</exception>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldBeWaitingToWrite(this Coroutine coroutine, IWaitable socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Assert(coroutine, socket.Slot.Writer == coroutine, $"be waiting to write {socket}");
    }

    /// <summary>It waits to write this socket, and for nothing else but perhaps to read it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="socket"/> is null.</exception>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldBeWaitingToWrite(this Coroutine coroutine, Socket socket)
    {
        var slot = SlotOf(coroutine, socket);
        Assert(coroutine, slot?.Writer == coroutine, $"be waiting to write {socket.LocalEndPoint}");
    }

    /// <summary>It waits for the end of another coroutine, and for nothing else.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldBeWaitingFor(this Coroutine coroutine, Coroutine other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Assert(coroutine, IsSuspended(coroutine) && coroutine.Subject == other, $"be waiting for the end of {other}");
    }

    /// <summary>It has run to its end.</summary>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldHaveCompleted(this Coroutine coroutine) =>
        Assert(coroutine, coroutine.State == CoroutineState.Completed, "have completed");

    /// <summary>It has run to its end, and returned this (<see cref="Wait.Return"/>).</summary>
    /// <param name="coroutine">The coroutine.</param>
    /// <param name="expected">What it should have returned, compared by <see cref="object.Equals(object)"/>; null if
    /// nothing.</param>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldHaveReturned<T>(this Coroutine coroutine, T expected)
    {
        var returned = coroutine.State == CoroutineState.Completed && Equals(coroutine.Result, expected);
        Assert(coroutine, returned, $"have returned {Quoted.Value(expected)}");
    }

    /// <summary>It has failed with this, or with what derives from it.</summary>
    /// <remarks>A failure that nobody asked for is thrown by the turn as well, unless <see cref="Scheduler.Failed"/> has a
    /// handler.</remarks>
    /// <returns>What it failed with.</returns>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static T ShouldHaveFailed<T>(this Coroutine coroutine)
        where T : Exception
    {
        Assert(coroutine, coroutine.Failure is T, $"have failed with {typeof(T).Name}");
        return (T)coroutine.Failure!;
    }

    /// <summary>It was ended by a cancel of itself or of its scope.</summary>
    /// <exception cref="AssertionFailedException">It isn't so.</exception>
    public static void ShouldHaveBeenCancelled(this Coroutine coroutine) =>
        Assert(coroutine, coroutine.State == CoroutineState.Cancelled, "have been cancelled");

    private static bool IsSuspended(Coroutine coroutine) => coroutine.State == CoroutineState.Suspended;

    /// <summary>A plain socket has a slot only while somebody waits on it.</summary>
    private static SocketSlot? SlotOf(Coroutine coroutine, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return coroutine.WaitingOn is { } slot && slot.Socket == socket ? slot : null;
    }

    private static void Assert(Coroutine coroutine, bool isSo, string expected)
    {
        if (!isSo)
            throw new AssertionFailedException(
                $"#{coroutine.Id} '{coroutine.Name}' should {expected}, but {StateOf(coroutine).TrimEnd('.')}."
            );
    }

    private static string StateOf(Coroutine coroutine) =>
        coroutine.State switch
        {
            CoroutineState.New => "hasn't begun: let the simulation run first",
            CoroutineState.Ready => $"is ready to go on behind {coroutine.WaitingFor}: let the simulation run first",
            CoroutineState.Running => "is running",
            CoroutineState.Suspended =>
                $"is suspended at {coroutine.WaitingFor} {Legible.TextOf(coroutine.Subject)}".TrimEnd(),
            CoroutineState.Completed => $"has completed and returned {Quoted.Value(coroutine.Result)}",
            CoroutineState.Failed =>
                $"has failed with {coroutine.Failure!.GetType().Name}: {Legible.MessageOf(coroutine.Failure)}",
            _ => "was cancelled",
        };
}
