using System.Buffers.Text;
using System.Security.Cryptography;

namespace Server.Host.Http;

/// <summary>What separates the parts of one answer (RFC 2046, section 5.1.1). It is drawn anew for each answer, so that no
/// file can hold it on purpose.</summary>
internal sealed class Boundary
{
    private const int RandomBytes = 18;

    private readonly byte[] text = new byte[LengthBytes];

    /// <summary>How long it is: at most 70, as the RFC demands.</summary>
    public static int LengthBytes => Base64Url.GetEncodedLength(RandomBytes);

    /// <summary>Letters, digits, '-' and '_', which need no quotes.</summary>
    public ReadOnlySpan<byte> Text => text;

    public void Draw()
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(random);
        Base64Url.EncodeToUtf8(random, text);
    }
}
