using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Server.Host.Debugger.Web;

/// <summary>What the address of the page holds so that nobody can guess it: 128 random bits, as 22 letters.</summary>
internal sealed class Token
{
    private const int RandomBytes = 16;

    private readonly byte[] bytes;

    private Token(byte[] bytes) => this.bytes = bytes;

    public static Token Random() =>
        new(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes))));

    /// <summary>Whether it is this one. How long that takes tells nothing about it.</summary>
    public bool Is(ReadOnlySpan<byte> guess) => CryptographicOperations.FixedTimeEquals(bytes, guess);

    /// <inheritdoc/>
    public override string ToString() => Encoding.ASCII.GetString(bytes);
}
