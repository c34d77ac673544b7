using System.Net.Sockets;
using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Http;

/// <summary>What ends the idling of a connection that a thread or a process of its own blocks for: the server stops, or
/// somebody waits for the place of a client that was answered already.</summary>
/// <param name="stop">Readable once the server is told to stop.</param>
/// <param name="wanted">Readable while somebody waits for a place.</param>
/// <param name="takes">Whether the place is to be given up: another connection may have done so already.</param>
internal sealed class IdleBreak(Socket stop, IReadOnlyList<Socket> wanted, Func<bool> takes)
{
    /// <summary>Waits for the client's next request, or for a reason not to wait for it any longer. A client that has sent
    /// nothing yet keeps its place.</summary>
    public Wait Await(Connection connection, bool isBetweenRequests, Deadline deadline)
    {
        var waits = new Wait[isBetweenRequests ? 2 + wanted.Count : 2];
        (waits[0], waits[1]) = (WantRead(connection), WantRead(stop));
        for (var i = 2; i < waits.Length; i++)
            waits[i] = WantRead(wanted[i - 2]);
        return Any(deadline, waits);
    }

    /// <summary>Whether the connection is to end now.</summary>
    public bool IsDue(HttpSite site)
    {
        if (stop.Poll(0, SelectMode.SelectRead))
            site.IsDraining = true;
        return site.IsDraining || takes();
    }
}
