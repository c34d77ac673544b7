namespace Server.Host.Files;

/// <summary>Under what the codings of a file stand in the cache: beside the paths that are asked for, which all begin with a
/// slash.</summary>
/// <remarks>Spellings of one path ('/a', '/%61') share them. Belongs to one thread.</remarks>
internal sealed class CodingKey
{
    private const byte FirstSibling = 0x10;
    private const byte FirstCompressed = 0x20;

    private readonly byte[] buffer = new byte[TargetPath.BufferBytes + 1];

    /// <summary>The key of the file beside <paramref name="file"/>. Right until the next call.</summary>
    public ReadOnlySpan<byte> OfSibling(ReadOnlySpan<byte> file, ContentCoding coding) =>
        Of(FirstSibling + (int)coding, file);

    /// <summary>The key of what <paramref name="file"/> was compressed to. Right until the next call.</summary>
    public ReadOnlySpan<byte> OfCompressed(ReadOnlySpan<byte> file, ContentCoding coding) =>
        Of(FirstCompressed + (int)coding, file);

    private ReadOnlySpan<byte> Of(int first, ReadOnlySpan<byte> file)
    {
        buffer[0] = (byte)first;
        file.CopyTo(buffer.AsSpan(1));
        return buffer.AsSpan(0, file.Length + 1);
    }
}
