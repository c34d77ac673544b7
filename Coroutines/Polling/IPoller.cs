namespace Coroutines.Polling;

/// <summary>Asks the kernel which descriptors are ready. Level-triggered: what stays ready is reported each time.</summary>
/// <remarks>All but <see cref="Wake"/> is called on the scheduler's thread only.</remarks>
public interface IPoller : IDisposable
{
    /// <summary>The poller's name, as in <c>--poller select</c>.</summary>
    string Name { get; }

    /// <summary>Takes note that a descriptor is now watched for <see cref="Descriptor.Watched"/>. Called only just before
    /// a poll, or before the descriptor is closed, and only if the interest really changed.</summary>
    /// <param name="descriptor">The descriptor; it may be closed already if its interest is now none.</param>
    /// <param name="before">What it was watched for until now.</param>
    /// <exception cref="IOException">The kernel refuses to watch it.</exception>
    void Change(Descriptor descriptor, Interest before);

    /// <summary>Waits until a watched descriptor is ready, <see cref="Wake"/> is called, or the timeout is over.</summary>
    /// <param name="watched">All watched descriptors; none has an interest of none.</param>
    /// <param name="timeout">How long to wait; rounded up to the kernel's unit. Zero: don't wait.
    /// <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="ready">Receives what is ready; empty at the call. It may stay empty (an interrupted call).</param>
    void Poll(WatchList watched, TimeSpan timeout, List<Readiness> ready);

    /// <summary>Ends the poll that is under way, or else the next one, at once. May be called on any thread.</summary>
    void Wake();
}
