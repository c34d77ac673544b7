using System.Buffers;
using System.IO.Compression;

namespace Server.Host.Files;

/// <summary>One file that is to be compressed, is being compressed, or was.</summary>
/// <remarks>It belongs to the thread of its cache, but for <see cref="Run"/>, which may be called on any.</remarks>
internal sealed class Compression
{
    // nginx's module for Brotli and the web's common advice: 4 to 6 for what isn't compressed beforehand.
    private const int BrotliQuality = 5;
    private const int BrotliWindow = 22; // its default: 4 MiB

    private static readonly ZLibCompressionOptions GzipLevel = new() { CompressionLevel = 6 }; // zlib's default

    private readonly Compressor compressor;
    private volatile bool hasEnded;

    /// <param name="compressor">What keeps the results.</param>
    /// <param name="key">What the result is found under.</param>
    /// <param name="file">The file, as the cache has it.</param>
    /// <param name="entry">What is filled with the result.</param>
    public Compression(Compressor compressor, ReadOnlySpan<byte> key, CachedFile file, FileEntry entry)
    {
        this.compressor = compressor;
        Key = key.ToArray();
        File = file;
        Entry = entry;
        Work = new SlowWork("compress", Run);
    }

    public byte[] Key { get; }

    public CachedFile File { get; }

    public FileEntry Entry { get; }

    /// <summary>What is to be done.</summary>
    public SlowWork Work { get; }

    public bool HasEnded => hasEnded;

    /// <summary>What it came to, once it has ended; null if the file could not be read.</summary>
    public byte[]? Result { get; private set; }

    /// <summary>Takes note that it is about to be done, and returns what is to be done.</summary>
    public SlowWork Begin()
    {
        compressor.Begin(this);
        return Work;
    }

    private void Run()
    {
        try
        {
            Result = Compress(Entry.Source!);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The disk is broken, or the file has been replaced meanwhile. It is sent as it is.
        }
        finally
        {
            hasEnded = true;
        }
    }

    private byte[]? Compress(FileEntry source)
    {
        if (source.Handle is null)
            return Compress(source.Content.Span);
        var content = ArrayPool<byte>.Shared.Rent((int)source.LengthBytes);
        try
        {
            var filled = FileLoader.ReadAll(source.Handle, content.AsSpan(0, (int)source.LengthBytes));
            return filled ? Compress(content.AsSpan(0, (int)source.LengthBytes)) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content);
        }
    }

    private byte[] Compress(ReadOnlySpan<byte> content) =>
        Entry.Coding == ContentCoding.Brotli ? ToBrotli(content) : ToGzip(content);

    private static byte[] ToBrotli(ReadOnlySpan<byte> content)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(content.Length));
        BrotliEncoder.TryCompress(content, buffer, out var written, BrotliQuality, BrotliWindow);
        var result = buffer.AsSpan(0, written).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return result;
    }

    private static byte[] ToGzip(ReadOnlySpan<byte> content)
    {
        var result = new MemoryStream(content.Length / 3);
        using (var gzip = new GZipStream(result, GzipLevel, leaveOpen: true))
            gzip.Write(content);
        return result.ToArray();
    }
}
