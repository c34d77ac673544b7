using System.Net.Sockets;
using Coroutines.Polling;

namespace Server.Host.Debugger;

/// <summary>What can be told of sockets that a server uses directly: nobody counts what goes over them.</summary>
internal static class PlainWires
{
    /// <summary>The clients among the descriptors that are watched.</summary>
    public static IReadOnlyList<Wire> Of(IReadOnlyList<Descriptor> watched) =>
        [
            .. watched
                .Where(descriptor => descriptor.Socket?.Connected == true)
                .OrderBy(descriptor => descriptor.Number)
                .Select(Of),
        ];

    private static Wire Of(Descriptor descriptor) =>
        new(
            descriptor.Number,
            PeerOf(descriptor.Socket!),
            descriptor.Socket!.Available,
            ReceivedBytes: null,
            SentBytes: null,
            LeftBytes: null,
            LastReceived: null,
            LastSend: null
        );

    private static string PeerOf(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint?.ToString() ?? "gone";
        }
        catch (SocketException)
        {
            return "gone"; // it was reset
        }
    }
}
