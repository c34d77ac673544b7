using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>What a response needs of one state of one file: its fields, and its content or a handle to read it.</summary>
/// <remarks>Shared by the cache and by the responses that are being sent, and counted: whoever holds it calls
/// <see cref="Release"/> once when done, and the last of them closes the handle. Belongs to one thread.</remarks>
internal sealed class FileEntry
{
    private int users = 1;

    private FileEntry(FileStamp stamp, ReadOnlyMemory<byte> contentType)
    {
        LengthBytes = stamp.LengthBytes;
        LastModified = ToSeconds(stamp.ModifiedAt);
        ETag = FileTag.Of(stamp);
        ContentType = contentType;
    }

    /// <summary>An entry held once, by its maker, whose content is in memory.</summary>
    public FileEntry(FileStamp stamp, ReadOnlyMemory<byte> contentType, ReadOnlyMemory<byte> content)
        : this(stamp, contentType) => Content = content;

    /// <summary>An entry held once, by its maker, whose content is read from <paramref name="handle"/>.</summary>
    public FileEntry(FileStamp stamp, ReadOnlyMemory<byte> contentType, SafeFileHandle handle)
        : this(stamp, contentType) => Handle = handle;

    /// <summary>The length of the content, in bytes.</summary>
    public long LengthBytes { get; }

    /// <summary>When the file was last written, in whole seconds: what an HTTP date can say (RFC 9110, section
    /// 5.6.7).</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>The strong entity tag with its quotes.</summary>
    public ReadOnlyMemory<byte> ETag { get; }

    /// <summary>The value of the Content-Type field.</summary>
    public ReadOnlyMemory<byte> ContentType { get; }

    /// <summary>The whole content, unless <see cref="Handle"/> is there.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The file, to be read at positions (<see cref="RandomAccess"/>), or null if <see cref="Content"/> is in
    /// memory. Only for as long as the entry is held. A file that is rewritten in place changes under its readers: they
    /// may find fewer than <see cref="LengthBytes"/>.</summary>
    public SafeFileHandle? Handle { get; }

    /// <summary>The field lines that describe the file, once somebody has made them.</summary>
    public byte[]? ContentFields { get; set; }

    /// <summary>The field line with the entity tag, once somebody has made it.</summary>
    public byte[]? TagField { get; set; }

    /// <summary>Holds the entry once more.</summary>
    /// <exception cref="InvalidOperationException">Everybody has released it already.</exception>
    public void Acquire()
    {
        ThrowIfReleased();
        users++;
    }

    /// <summary>Gives back one hold.</summary>
    /// <exception cref="InvalidOperationException">It was released more often than it was held.</exception>
    public void Release()
    {
        ThrowIfReleased();
        users--;
        if (users == 0)
            Handle?.Dispose();
    }

    private void ThrowIfReleased()
    {
        if (users == 0)
            throw new InvalidOperationException("A file entry must be held, but all holds were released already.");
    }

    private static DateTimeOffset ToSeconds(DateTime utc) => new(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond)));
}
