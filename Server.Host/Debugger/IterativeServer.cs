using Coroutines;
using Coroutines.Sockets;
using Server.Host.Http;
using Server.Host.Models;
using static Coroutines.Wait;

namespace Server.Host.Debugger;

/// <summary>The iterative model as a coroutine, so that it can be stepped: it waits wherever <see cref="IterativeModel"/>
/// blocks, and there is no other coroutine that could run meanwhile.</summary>
/// <param name="site">What is served.</param>
/// <param name="stop">Rings once it is to stop.</param>
internal sealed class IterativeServer(HttpSite site, Bell stop)
{
    /// <summary>The coroutine. It owns the listeners, and ends when the server was stopped and has answered its client.
    /// </summary>
    public IEnumerator<Wait> Serve(IReadOnlyList<Listener> listeners)
    {
        try
        {
            var sockets = listeners.Select(listener => listener.Slot.Socket!).ToList();
            site.IdleBreak = new IdleBreak(stop.Socket, sockets, takes: () => true);
            while (!site.IsDraining)
            {
                yield return Any([WantRead(stop.Socket), .. sockets.Select(socket => WantRead(socket))]);
                if (Woken.Index > 0 && TryAccept(listeners[Woken.Index - 1]) is { } client)
                    yield return TryCall(new HttpConnection(client, site).Serve());
                if (Woken.Failure is { } failure)
                    site.Log.ConnectionFailed(failure);
            }
        }
        finally
        {
            foreach (var listener in listeners)
                listener.Dispose();
        }
    }

    /// <summary>Has it end with the answer that is under way. Called on the scheduler's thread.</summary>
    public void Drain()
    {
        site.IsDraining = true;
        site.Log.Draining(site.Connections.Count);
        stop.Ring();
    }

    private static Connection? TryAccept(Listener listener)
    {
        listener.Accept(out var connection);
        return connection;
    }
}
