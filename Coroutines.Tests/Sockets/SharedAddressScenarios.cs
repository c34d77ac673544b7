using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Coroutines.Sockets;

namespace Coroutines.Tests.Sockets;

/// <summary>Feature: several listeners share an address, and its clients.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class SharedAddressScenarios : IDisposable
{
    // Each goes to either of two listeners by a hash: that all go to one has a chance of 2 in 2^64.
    private const int Clients = 64;

    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private readonly List<IDisposable> owned = [];

    public void Dispose() => owned.ForEach(each => each.Dispose());

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public void Each_takes_some_of_the_clients_and_together_they_take_all(string address)
    {
        if (address == "::1" && !Socket.OSSupportsIPv6)
            Assert.Ignore("There is no IPv6 here.");
        var listeners = GivenListeners(new(IPAddress.Parse(address), 0), 2);
        listeners[1].LocalEndPoint.ShouldBe(listeners[0].LocalEndPoint);

        for (var client = 0; client < Clients; client++)
            WhenAClientConnects(listeners[0].LocalEndPoint);

        var taken = listeners.ConvertAll(AcceptedBy);
        taken.Sum().ShouldBe(Clients);
        taken.ShouldAllBe(count => count > 0);
    }

    [Test]
    public void When_one_closes_the_others_take_all()
    {
        var listeners = GivenListeners(AnyPort, 3);
        listeners[0].Dispose();
        listeners[2].Dispose();

        for (var client = 0; client < Clients; client++)
            WhenAClientConnects(listeners[1].LocalEndPoint);

        AcceptedBy(listeners[1]).ShouldBe(Clients);
    }

    [Test]
    public void Nobody_joins_them_unasked()
    {
        var listeners = GivenListeners(AnyPort, 2);
        ThenItIsInUse(() => Listener.Listen(listeners[0].LocalEndPoint));
        ThenItIsInUse(() => Listener.ListenTogether(listeners[0].LocalEndPoint, 2));
    }

    [Test]
    public void They_join_nobody_who_listens_there_alone()
    {
        using var alone = Listener.Listen(AnyPort);
        ThenItIsInUse(() => Listener.ListenTogether(alone.LocalEndPoint, 2));
    }

    [Test]
    public void A_single_one_shares_with_nobody()
    {
        var alone = GivenListeners(AnyPort, 1)[0];
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.SetRawSocketOption(
            1 /* SOL_SOCKET */
            ,
            15 /* SO_REUSEPORT */
            ,
            BitConverter.GetBytes(1)
        );
        ThenItIsInUse(() => other.Bind(alone.LocalEndPoint));
    }

    [TestCase(0, 1)]
    [TestCase(2, 0)]
    [TestCase(2, 65_536)]
    public void What_is_out_of_range_is_refused(int count, int backlog) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Listener.ListenTogether(AnyPort, count, backlog));

    private List<Listener> GivenListeners(IPEndPoint local, int count)
    {
        var listeners = Listener.ListenTogether(local, count).ToList();
        owned.AddRange(listeners);
        return listeners;
    }

    private void WhenAClientConnects(EndPoint address)
    {
        var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        owned.Add(client);
        client.Connect(address);
    }

    private static int AcceptedBy(Listener listener)
    {
        var count = 0;
        for (; listener.Accept(out var connection) == AcceptResult.Accepted; count++)
            connection!.Dispose();
        return count;
    }

    private static void ThenItIsInUse(Action listen) =>
        Should.Throw<SocketException>(listen).SocketErrorCode.ShouldBe(SocketError.AddressAlreadyInUse);
}
