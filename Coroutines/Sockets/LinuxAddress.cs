using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coroutines.Sockets;

/// <summary>The address of a peer as the kernel writes it (struct sockaddr_in, sockaddr_in6): made into an object only for
/// whoever asks.</summary>
[InlineArray(28)]
[DebuggerNonUserCode]
internal struct LinuxAddress
{
    private const int Version4 = 2; // AF_INET
    private const int Version6 = 10; // AF_INET6

    private byte first;

    /// <summary>The address; null if it is of another family.</summary>
    public readonly EndPoint? ToEndPoint()
    {
        ReadOnlySpan<byte> bytes = this;
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return MemoryMarshal.Read<ushort>(bytes) switch
        {
            Version4 => new IPEndPoint(new IPAddress(bytes[4..8]), port),
            Version6 => new IPEndPoint(new IPAddress(bytes[8..24], MemoryMarshal.Read<uint>(bytes[24..])), port),
            _ => null,
        };
    }
}
