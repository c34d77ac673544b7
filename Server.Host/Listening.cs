using System.Net;
using System.Net.Sockets;
using Coroutines.Sockets;

namespace Server.Host;

/// <summary>Opens the listeners that the options ask for.</summary>
internal static class Listening
{
    // A port that the system chose for one address may be taken on the other: another choice, then.
    private const int MaxChoices = 16;

    /// <exception cref="StartException">The port is in use, or the address isn't one of this machine.</exception>
    public static IReadOnlyList<Listener> Open(ServerOptions options)
    {
        try
        {
            return options.Host is { } address
                ? [Listener.Listen(new IPEndPoint(address, options.Port))]
                : OpenLoopback(options.Port);
        }
        catch (SocketException refused)
        {
            throw new StartException(Explain(refused, options.Port, options.Host));
        }
    }

    /// <summary>The address to type into a browser.</summary>
    public static Uri AddressOf(IReadOnlyList<Listener> listeners, ServerOptions options)
    {
        var local = (IPEndPoint)listeners[0].LocalEndPoint;
        var host =
            options.Host is null || local.Address.Equals(IPAddress.Any) || local.Address.Equals(IPAddress.IPv6Any)
                ? "localhost"
            : local.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{local.Address}]"
            : local.Address.ToString();
        return new Uri($"http://{host}:{local.Port}/");
    }

    private static IReadOnlyList<Listener> OpenLoopback(int port)
    {
        for (var choice = 1; ; choice++)
        {
            var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, port));
            try
            {
                return OpenTwin(((IPEndPoint)listener.LocalEndPoint).Port) is { } twin ? [listener, twin] : [listener];
            }
            catch (SocketException taken)
                when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && port == 0 && choice < MaxChoices)
            {
                listener.Dispose();
            }
            catch
            {
                listener.Dispose();
                throw;
            }
        }
    }

    private static Listener? OpenTwin(int port)
    {
        try
        {
            return Listener.Listen(new IPEndPoint(IPAddress.IPv6Loopback, port));
        }
        catch (SocketException missing)
            when (missing.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return null; // a machine without IPv6
        }
    }

    /// <summary>Why a port can't be listened on, and what can be done.</summary>
    public static string Explain(SocketException refused, int port, IPAddress? host = null) =>
        refused.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse =>
                $"Port {port} is in use by another program; choose another one, for example {port + 1}, or 0.",
            SocketError.AccessDenied =>
                $"Port {port} needs privileges; choose one of 1024 to 65535, for example {ServerOptions.DefaultPort}.",
            SocketError.AddressNotAvailable => $"--host {host} isn't an address of this machine.",
            _ => $"Listening on port {port} failed: {refused.Message}",
        };
}
