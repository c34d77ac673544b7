namespace Coroutines.Exploring;

/// <summary>The queue of a listening socket: clients that have connected, and weren't accepted yet.</summary>
public sealed class Backlog
{
    private readonly Queue<OpenFile> clients = new();

    /// <summary>How many wait.</summary>
    public int Count => clients.Count;

    /// <summary>A client connects. Yield before.</summary>
    /// <param name="connection">The server's end of its connection.</param>
    public void Connect(OpenFile connection) => clients.Enqueue(connection);

    internal OpenFile Take() => clients.Dequeue();
}
