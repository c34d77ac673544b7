using System.Net;

namespace Coroutines.Sockets;

/// <summary>What a <see cref="Listener"/> stands on: a listening socket, or a scripted one. No call blocks.</summary>
public interface IAcceptor : IWaitable, IDisposable
{
    /// <summary>Where it listens, with the port that the system chose if it was asked for port 0.</summary>
    EndPoint LocalEndPoint { get; }

    /// <summary>Takes a client from the backlog.</summary>
    /// <param name="transport">The client; null unless the result is <see cref="AcceptResult.Accepted"/>.</param>
    AcceptResult Accept(out ITransport? transport);
}
