using System.Diagnostics;
using System.Runtime.Versioning;

namespace Coroutines.Polling;

/// <summary>Begins with <see cref="SelectPoller"/> and, on Linux, hands over to <see cref="EpollPoller"/> for good once
/// more than a few dozen descriptors are watched. The default.</summary>
[DebuggerNonUserCode]
public sealed class AutoPoller : IPoller
{
    // Select's cost grows with the watched sockets; measured, it meets epoll's at a few dozen.
    private const int FirstHandOver = 64;

    private readonly Waker waker = new();
    private IPoller current;
    private int handOverAbove = FirstHandOver;

    /// <summary>Makes a poller that watches nothing yet.</summary>
    public AutoPoller() => current = new SelectPoller(waker);

    /// <inheritdoc/>
    public string Name => $"auto ({current.Name})";

    /// <inheritdoc/>
    public void Change(Descriptor descriptor, Interest before) => current.Change(descriptor, before);

    /// <inheritdoc/>
    public void Poll(WatchList watched, TimeSpan timeout, List<Readiness> ready)
    {
        if (watched.Count > handOverAbove && current is SelectPoller && OperatingSystem.IsLinux())
            HandOver(watched);
        current.Poll(watched, timeout, ready);
    }

    /// <inheritdoc/>
    public void Wake() => waker.Ring();

    /// <inheritdoc/>
    public void Dispose() => current.Dispose();

    // Both have the same waker, so no wake-up is lost; whatever is ready is still so at epoll's first call.
    [SupportedOSPlatform("linux")]
    private void HandOver(WatchList watched)
    {
        try
        {
            var next = new EpollPoller(waker);
            next.TakeOver(watched);
            current = next;
        }
        catch (IOException)
        {
            // Out of descriptors, most likely: select goes on serving, and there is another try later.
            handOverAbove *= 2;
        }
    }
}
