namespace Coroutines;

/// <summary>Something that stands on a socket, and on whose readiness a coroutine can therefore wait.</summary>
public interface IWaitable
{
    /// <summary>The socket's slot: who waits to read, who waits to write.</summary>
    SocketSlot Slot { get; }
}
