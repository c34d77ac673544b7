using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Coroutines.Sockets;

/// <summary>A listening socket: wait until it is readable (<see cref="Wait.WantRead(IWaitable, Deadline)"/>), then accept.
/// </summary>
[DebuggerNonUserCode]
public sealed class Listener : IWaitable, IDisposable
{
    /// <summary>How many clients may wait to be accepted, unless one says otherwise: 512, as nginx and Kestrel. The system
    /// may allow fewer (<c>net.core.somaxconn</c>).</summary>
    public const int DefaultBacklog = 512;

    private readonly IAcceptor acceptor;

    /// <summary>A listener that stands on something else than a socket of its own.</summary>
    /// <param name="acceptor">What it stands on; it is disposed with the listener.</param>
    /// <exception cref="ArgumentNullException"><paramref name="acceptor"/> is null.</exception>
    public Listener(IAcceptor acceptor)
    {
        ArgumentNullException.ThrowIfNull(acceptor);
        this.acceptor = acceptor;
    }

    /// <summary>Where it listens, with the port that the system chose if it was asked for port 0.</summary>
    public EndPoint LocalEndPoint => acceptor.LocalEndPoint;

    /// <inheritdoc/>
    public SocketSlot Slot => acceptor.Slot;

    /// <summary>Listens on an address.</summary>
    /// <param name="local">The address; with port 0 the system chooses one.</param>
    /// <param name="backlog">How many clients may wait to be accepted: 1 to 65,535.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="backlog"/> is out of range.</exception>
    /// <exception cref="SocketException">The address is in use, or isn't one of this machine.</exception>
    public static Listener Listen(EndPoint local, int backlog = DefaultBacklog)
    {
        ArgumentNullException.ThrowIfNull(local);
        VerifyBacklog(backlog);
        return new Listener(SocketAcceptor.Listen(local, backlog));
    }

    /// <summary>Listens on an address by several listeners, one for each thread that accepts. The system gives each client to
    /// one of them, by a hash of both ends' addresses and ports, and never to another one afterwards.</summary>
    /// <remarks>Another process of the same user that asks for the same (<c>SO_REUSEPORT</c>) can join them once they listen;
    /// one that doesn't is told that the address is in use, as they are themselves if it was before.</remarks>
    /// <param name="local">The address; with port 0 the system chooses one for all.</param>
    /// <param name="count">How many listeners: 1 or more.</param>
    /// <param name="backlog">How many clients may wait to be accepted by each: 1 to 65,535.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="backlog"/> is out of range.
    /// </exception>
    /// <exception cref="SocketException">The address is in use, or isn't one of this machine.</exception>
    [SupportedOSPlatform("linux")]
    public static IReadOnlyList<Listener> ListenTogether(EndPoint local, int count, int backlog = DefaultBacklog)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        VerifyBacklog(backlog);
        return SharedAddress.Listen(local, count, backlog);
    }

    /// <summary>Takes a client from the backlog. Never blocks.</summary>
    /// <param name="connection">The client; null unless the result is <see cref="AcceptResult.Accepted"/>.</param>
    /// <exception cref="IOException">The system refuses for a reason that no client can cause.</exception>
    public AcceptResult Accept(out Connection? connection)
    {
        var result = acceptor.Accept(out var transport);
        connection = transport is null ? null : new Connection(transport);
        return result;
    }

    /// <summary>Closes it; a wait on it ends (<see cref="Wakeup.Closed"/>). Closing it again does nothing.</summary>
    public void Dispose() => acceptor.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"listener {LocalEndPoint} ({Slot})";

    private static void VerifyBacklog(int backlog)
    {
        if (backlog is < 1 or > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(
                nameof(backlog),
                backlog,
                $"Backlog must be 1 to {ushort.MaxValue}, but was {backlog}."
            );
    }
}
