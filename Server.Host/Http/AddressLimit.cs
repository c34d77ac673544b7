using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Server.Host.Http;

/// <summary>Counts the connections of each address. Any thread may count: the limit is that of all workers together.</summary>
/// <remarks>Of an IPv6 address the first 64 bits count: the others are the client's to choose (RFC 4291, section 2.5.1; RFC
/// 6177).</remarks>
/// <param name="limit">How many there may be; 1 or more.</param>
/// <param name="clock">The clock.</param>
internal sealed class AddressLimit(int limit, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(AddressFamily, ulong), int> counts = [];
    private readonly Burst burst = new(clock);

    /// <summary>The limit; null for 0, which is none.</summary>
    public static AddressLimit? Of(int limit) => limit == 0 ? null : new(limit, TimeProvider.System);

    /// <summary>How many addresses have connections.</summary>
    public int Addresses
    {
        get
        {
            lock (gate)
                return counts.Count;
        }
    }

    /// <summary>A client comes. False if it is one too many: it doesn't count.</summary>
    public bool Enter(EndPoint? client)
    {
        if (KeyOf(client) is not { } key)
            return true;
        lock (gate)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
            if (count == limit)
                return false;
            count++;
            return true;
        }
    }

    /// <summary>A client that counts goes.</summary>
    public void Leave(EndPoint? client)
    {
        if (KeyOf(client) is not { } key)
            return;
        lock (gate)
            if (--CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) <= 0)
                counts.Remove(key);
    }

    /// <summary>Logs that somebody is one too many, once for all that come in a burst.</summary>
    public void Tell(EndPoint? client, Log log)
    {
        lock (gate)
            if (!burst.Begins())
                return;
        log.TooManyOfOneAddress(limit, client);
    }

    private static (AddressFamily, ulong)? KeyOf(EndPoint? client)
    {
        if (client is not IPEndPoint { Address: var address })
            return null;
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        address.TryWriteBytes(bytes, out _);
        return (address.AddressFamily, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
