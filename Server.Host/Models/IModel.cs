using Coroutines.Sockets;

namespace Server.Host.Models;

/// <summary>One of the lecture's ways to serve many clients: it decides who runs a connection, and nothing else.</summary>
internal interface IModel : IDisposable
{
    /// <summary>Serves until <see cref="Stop"/> is called, and the answers that were under way then are finished, or the
    /// time for that is over. Owns the listeners.</summary>
    /// <returns>Whether it ended in good order.</returns>
    bool Serve(IReadOnlyList<Listener> listeners);

    /// <summary>Accepts nobody more, and lets go who has nothing under way. May be called on any thread.</summary>
    void Stop();
}
