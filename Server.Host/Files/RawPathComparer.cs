using System.Diagnostics.CodeAnalysis;

namespace Server.Host.Files;

/// <summary>Compares raw paths byte by byte, and lets a dictionary be asked with a span.</summary>
/// <remarks><see cref="HashCode"/> is seeded anew in each process, so a client cannot choose paths that collide.</remarks>
internal sealed class RawPathComparer
    : IEqualityComparer<byte[]>,
        IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
