using Coroutines.Sockets;

namespace Server.Host.Models;

/// <summary>A coroutine for each client: a plain loop, resumed whenever its socket is ready. All on one thread, or on one for
/// each worker. The default.</summary>
/// <param name="loops">One for each worker, 1 or more; disposed of with this.</param>
internal sealed class CoroutinesModel(IReadOnlyList<Loop> loops) : IModel
{
    /// <summary>What runs the coroutines of each worker.</summary>
    public IReadOnlyList<Loop> Loops => loops;

    /// <inheritdoc/>
    /// <remarks>The listeners are shared out among the workers: each has as many, in order. The first worker runs on this
    /// thread. One that ends without being told to takes the others along.</remarks>
    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        var shares = listeners.Chunk(listeners.Count / loops.Count).ToList();
        var others = loops.Skip(1).Zip(shares.Skip(1), Begin).ToList();
        var isInOrder = Run(loops[0], shares[0]);
        return others.ConvertAll(end => end()).TrueForAll(one => one) && isInOrder;
    }

    public void Stop()
    {
        foreach (var loop in loops)
            loop.Stop();
    }

    public void Dispose()
    {
        foreach (var loop in loops)
            loop.Dispose();
    }

    /// <summary>Begins to serve on a thread of its own. Returns what waits for its end, and tells whether that was in good
    /// order.</summary>
    private Func<bool> Begin(Loop loop, Listener[] listeners)
    {
        var isInOrder = false;
        // What a loop throws ends the process, on this thread as on the first.
        var thread = new Thread(() => isInOrder = Run(loop, listeners))
        {
            IsBackground = true,
            Name = $"loop of {loop.Name}",
        };
        thread.Start();
        return () =>
        {
            thread.Join();
            return isInOrder;
        };
    }

    private bool Run(Loop loop, Listener[] listeners)
    {
        var isInOrder = loop.Serve(listeners);
        if (!isInOrder)
            Stop();
        return isInOrder;
    }
}
