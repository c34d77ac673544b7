using System.Net;
using System.Net.Sockets;
using Coroutines.Sockets;

namespace Server.Host;

/// <summary>Opens the listeners that the options ask for.</summary>
internal static class Listening
{
    // A port that the system chose for one address may be taken on the other: another choice, then.
    private const int MaxChoices = 16;

    /// <summary>Opens them: first those of the first worker, then those of the next.</summary>
    /// <exception cref="StartException">The port is in use, or the address isn't one of this machine.</exception>
    public static IReadOnlyList<Listener> Open(ServerOptions options)
    {
        try
        {
            var addresses = options.Host is { } address
                ? [ListenAt(new(address, options.Port), options.Workers)]
                : OpenLoopback(options.Port, options.Workers);
            return [.. Enumerable.Range(0, options.Workers).SelectMany(worker => addresses.Select(all => all[worker]))];
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

    private static IReadOnlyList<IReadOnlyList<Listener>> OpenLoopback(int port, int workers)
    {
        for (var choice = 1; ; choice++)
        {
            var listeners = ListenAt(new(IPAddress.Loopback, port), workers);
            try
            {
                var chosen = ((IPEndPoint)listeners[0].LocalEndPoint).Port;
                return OpenTwin(chosen, workers) is { } twin ? [listeners, twin] : [listeners];
            }
            catch (SocketException taken)
                when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && port == 0 && choice < MaxChoices)
            {
                Close(listeners);
            }
            catch
            {
                Close(listeners);
                throw;
            }
        }
    }

    private static IReadOnlyList<Listener>? OpenTwin(int port, int workers)
    {
        try
        {
            return ListenAt(new(IPAddress.IPv6Loopback, port), workers);
        }
        catch (SocketException missing)
            when (missing.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return null; // a machine without IPv6
        }
    }

    // Only Linux distributes clients: there is one worker elsewhere.
    private static IReadOnlyList<Listener> ListenAt(IPEndPoint address, int workers) =>
        OperatingSystem.IsLinux() ? Listener.ListenTogether(address, workers) : [Listener.Listen(address)];

    private static void Close(IReadOnlyList<Listener> listeners)
    {
        foreach (var listener in listeners)
            listener.Dispose();
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
