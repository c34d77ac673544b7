using Coroutines;
using Coroutines.Sync;

namespace Server.Host.Files;

/// <summary>Something that an answer has to wait for, and that takes long or blocks: to be done where it holds nobody up.
/// </summary>
/// <param name="name">A name for people.</param>
/// <param name="work">What is to be done, on any thread. It keeps its result to itself, and whoever waited asks anew.</param>
internal sealed class SlowWork(string name, Action work)
{
    private Work? handedOver;

    /// <summary>Whether it waits for the disk most of the time, and doesn't compute.</summary>
    public bool WaitsForDisk { get; init; }

    /// <summary>Hands it to workers, if nobody has yet. False if there are none, or no thread to be had: then it is to be
    /// done here.</summary>
    public bool TryHandTo(Workers? workers)
    {
        if (workers is null)
            return false;
        try
        {
            handedOver ??= workers.Start(work, name);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false; // the system has no thread left
        }
    }

    /// <summary>Waits until the workers have done it.</summary>
    public Wait Join() => handedOver!.Join();

    /// <summary>Does it, on the thread that asks for it.</summary>
    public void Do() => work();
}
