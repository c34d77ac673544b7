using System.Buffers;
using System.Globalization;
using System.Net;

namespace Server.Host.AccessLogs;

/// <summary>A line as it is put together: ASCII in a rented buffer, which grows. Allocates nothing.</summary>
internal ref struct AccessLine
{
    private const int UsualBytes = 512;

    private byte[] buffer;
    private int length;

    public AccessLine() => buffer = ArrayPool<byte>.Shared.Rent(UsualBytes);

    /// <summary>What stands in it so far.</summary>
    public readonly ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        length += bytes.Length;
    }

    public void Add(long number) => Add(number, default);

    /// <summary>Adds the client's address, or what stands for one that isn't known.</summary>
    public void Add(EndPoint? client, ReadOnlySpan<byte> otherwise)
    {
        if (client is IPEndPoint end)
            Add(end.Address, default);
        else
            Add(otherwise);
    }

    /// <summary>Adds what a client chose (<see cref="LoggedBytes"/>).</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="escape">What stands in front of the two digits of a byte that can't stand as it is.</param>
    public void AddEscaped(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> escape)
    {
        while (bytes.Length > 0)
        {
            var plain = LoggedBytes.PlainLengthOf(bytes);
            Add(bytes[..plain]);
            if (plain == bytes.Length)
                return;
            Add(escape);
            Add(bytes[plain], "X2");
            bytes = bytes[(plain + 1)..];
        }
    }

    /// <summary>Adds a value that writes itself as ASCII.</summary>
    public void Add<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        const int Longest = 64; // an IPv6 address with its zone, a date, a number
        _ = value.TryFormat(Room(Longest), out var written, format, CultureInfo.InvariantCulture);
        length += written;
    }

    /// <summary>Gives the buffer back; nothing is done with the line any more.</summary>
    public readonly void Return() => ArrayPool<byte>.Shared.Return(buffer);

    private Span<byte> Room(int bytes)
    {
        if (buffer.Length - length < bytes)
            Grow(bytes);
        return buffer.AsSpan(length);
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, length + bytes));
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
