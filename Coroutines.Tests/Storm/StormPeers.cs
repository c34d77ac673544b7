using System.Net;
using Coroutines.Testing;

namespace Coroutines.Tests.Storm;

/// <summary>A few peers that do whatever comes to their mind. One whose connection is closed makes room for another.
/// </summary>
internal sealed class StormPeers
{
    private const int Count = 4;

    private readonly Simulation simulation;
    private readonly Random choices;

    public StormPeers(Simulation simulation, Random choices)
    {
        (this.simulation, this.choices) = (simulation, choices);
        for (var i = 0; i < Count; i++)
            All.Add(Connect());
    }

    /// <summary>All that there ever were.</summary>
    public List<ScriptedPeer> All { get; } = [];

    /// <summary>One of the latest; its connection may be closed.</summary>
    public ScriptedPeer Any() => All[^choices.Next(1, Count + 1)];

    public void Act()
    {
        var peer = Any();
        if (peer.IsClosed && All.Count < Count * 3)
            All.Add(Connect());
        switch (choices.Next(8))
        {
            case 0:
                peer.Resets();
                break;
            case 1:
                peer.HalfCloses();
                break;
            case 2:
                peer.Window = choices.Next(20);
                break;
            case 3:
                peer.SpuriousWakeups++;
                break;
            case 4:
                peer.Connection.Dispose();
                break;
            default:
                peer.SendsInPieces("abcdefgh"u8[..choices.Next(1, 8)], 3);
                break;
        }
    }

    private ScriptedPeer Connect()
    {
        var peer = simulation.Connect(new IPEndPoint(IPAddress.Loopback, 40_000 + All.Count));
        peer.Window = choices.Next(3) * 10;
        return peer;
    }
}
