using System.Net.Sockets;

namespace Server.Host.Models;

/// <summary>Sees what <see cref="EventsModel"/> does. Every method is called by its loop, which stands still meanwhile.
/// </summary>
internal interface IEventsObserver
{
    /// <summary>The sets are built, and select is about to be called.</summary>
    void Selecting(IEnumerable<Socket> readable, IEnumerable<Socket> writable, TimeSpan timeout);

    /// <summary>select has left in the sets what is ready.</summary>
    void Selected(IEnumerable<Socket> readable, IEnumerable<Socket> writable);

    /// <summary>An event of a client's is about to be handled.</summary>
    /// <param name="descriptor">The client's descriptor.</param>
    /// <param name="what">Which event: <c>accepted</c>, <c>readable</c>, <c>writable</c> or <c>overdue</c>.</param>
    void Handling(int descriptor, string what);

    /// <summary>The loop was woken by <see cref="EventsModel.Nudge"/>.</summary>
    void Nudged();
}
