using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>What a response needs of one state of one file, as it is or coded: its fields, and its content or a handle to
/// read it.</summary>
/// <remarks>Shared by the cache and by the responses that are being sent, and counted: whoever holds it calls
/// <see cref="Release"/> once when done, and the last of them closes the handle. Belongs to one thread.</remarks>
internal sealed class FileEntry
{
    private readonly FileStamp stamp;
    private readonly IFileRoot? root;
    private readonly MemoryCopy? copy;
    private TakenRoom? taken; // by a content that was compressed
    private int users = 1;

    private FileEntry(FileStamp stamp, Form form)
    {
        this.stamp = stamp;
        LengthBytes = stamp.LengthBytes;
        LastModified = ToSeconds(stamp.ModifiedAt);
        ETag = FileTag.Of(stamp, form.Coding);
        (ContentType, Coding, CacheControl) = form;
        IsCompressible = form.IsCompressible;
    }

    /// <summary>An entry held once, by its maker, whose content is in memory.</summary>
    public FileEntry(FileStamp stamp, Form form, ReadOnlyMemory<byte> content)
        : this(stamp, form) => Content = content;

    /// <summary>An entry held once, by its maker, whose content is read from <paramref name="handle"/>, which belongs to
    /// <paramref name="root"/>.</summary>
    public FileEntry(FileStamp stamp, Form form, SafeFileHandle handle, IFileRoot root)
        : this(stamp, form) => (Handle, this.root) = (handle, root);

    /// <summary>An entry held once, by its maker, for the same state of the same file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="copy">All of its content, in memory, where it never changes. The entry takes it over.</param>
    public FileEntry(FileEntry source, MemoryCopy copy)
        : this(source.stamp, new Form(source.ContentType, source.Coding, source.CacheControl))
    {
        (Handle, this.copy) = (copy.Handle, copy);
        (LastModified, Varies) = (source.LastModified, source.Varies);
    }

    /// <summary>An entry held once, by its maker, for a file that is to be compressed. It has no content yet.</summary>
    /// <param name="source">The file. The entry takes over a hold on it, until it has its content.</param>
    /// <param name="coding">What it is compressed to.</param>
    public FileEntry(FileEntry source, ContentCoding coding)
    {
        Source = source;
        LastModified = source.LastModified;
        ETag = FileTag.OfCompressed(source.ETag.Span, coding);
        ContentType = source.ContentType;
        CacheControl = source.CacheControl;
        Coding = coding;
        Varies = true;
    }

    /// <summary>The length of the content, in bytes.</summary>
    public long LengthBytes { get; private set; }

    /// <summary>When the file was last written, in whole seconds: what an HTTP date can say (RFC 9110, section
    /// 5.6.7).</summary>
    public DateTimeOffset LastModified { get; private set; }

    /// <summary>The entity tag with its quotes; weak if the content was compressed on the fly.</summary>
    public ReadOnlyMemory<byte> ETag { get; }

    /// <summary>Whether equal tags mean equal bytes, so that one can go on where another answer ended.</summary>
    public bool HasStrongTag => ETag.Span[0] == (byte)'"';

    /// <summary>The value of the Content-Type field: that of the file as it is, however it is coded.</summary>
    public ReadOnlyMemory<byte> ContentType { get; }

    /// <summary>How the content is coded.</summary>
    public ContentCoding Coding { get; }

    /// <summary>The value of the Cache-Control field; empty if there is none.</summary>
    public ReadOnlyMemory<byte> CacheControl { get; }

    /// <summary>Whether others may get the file in another coding: what is answered then says so (RFC 9110, section 12.5.5).
    /// Set before it is answered with.</summary>
    public bool Varies { get; set; }

    /// <summary>Whether compression would make the content shorter, as far as its media type tells.</summary>
    public bool IsCompressible { get; }

    /// <summary>The whole content, unless <see cref="Handle"/> is there.</summary>
    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <summary>The file, to be read at positions (<see cref="RandomAccess"/>), or null if <see cref="Content"/> is in
    /// memory. Only for as long as the entry is held. A file that is rewritten in place changes under its readers: what they
    /// have read counts only if <see cref="HasChanged"/> is still false after it.</summary>
    public SafeFileHandle? Handle { get; }

    /// <summary>Whether <see cref="Handle"/> is a copy of the file in memory, which nobody can write.</summary>
    public bool IsCopy => copy is not null;

    /// <summary>The file that this is compressed from, as long as it has no content yet; held for as long.</summary>
    public FileEntry? Source { get; private set; }

    /// <summary>The field lines that describe the file, once somebody has made them.</summary>
    public byte[]? ContentFields { get; set; }

    /// <summary>The field lines that a 304 has, once somebody has made them.</summary>
    public byte[]? TagField { get; set; }

    /// <summary>The field lines that describe the file where it stands for what is missing, once somebody has made them.
    /// </summary>
    public byte[]? ErrorFields { get; set; }

    /// <summary>Takes room for the content that it is to have, as much as its source needs until that is known, and until the
    /// last hold is given back.</summary>
    public void TakeRoom(CopyRoom room) => taken = room.Take(Source!.LengthBytes);

    /// <summary>Gives it its content, and lets its source go.</summary>
    public void Complete(ReadOnlyMemory<byte> content)
    {
        taken?.ChangeTo(content.Length);
        (Content, LengthBytes) = (content, content.Length);
        Source!.Release();
        Source = null;
    }

    /// <summary>Whether the file was written since the entry was made, as far as its date and its length tell. What is in
    /// memory never changes.</summary>
    /// <exception cref="IOException">The system failed.</exception>
    public bool HasChanged => root is not null && !root.Stamp(Handle!).HasContentOf(stamp);

    /// <summary>Whether it can't be said that <see cref="HasChanged"/> is false: it is true, or the system failed.</summary>
    public bool MayHaveChanged
    {
        get
        {
            try
            {
                return HasChanged;
            }
            catch (IOException)
            {
                return true; // who knows
            }
        }
    }

    /// <summary>Reads from the file what is in memory; null if it would have to be waited for.</summary>
    /// <exception cref="IOException">The system failed.</exception>
    public int? TryRead(Span<byte> destination, long position) =>
        root is null ? RandomAccess.Read(Handle!, destination, position) : root.TryRead(Handle!, destination, position);

    /// <summary>What is to be done to have a stretch of the file in memory.</summary>
    public SlowWork Fetch(long position, long count) =>
        new("fetch", () => root!.Fetch(Handle!, position, count)) { WaitsForDisk = true };

    /// <summary>Has a file that is dated in the future be as new as can be: an answer must not be modified later than it was
    /// made (RFC 9110, section 8.8.2.1).</summary>
    public void DateNoLaterThan(DateTimeOffset now)
    {
        if (LastModified > now)
            LastModified = ToSeconds(now.UtcDateTime);
    }

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
        if (users > 0)
            return;
        Handle?.Dispose();
        copy?.Dispose();
        taken?.Dispose();
        Source?.Release();
    }

    private void ThrowIfReleased()
    {
        if (users == 0)
            throw new InvalidOperationException("A file entry must be held, but all holds were released already.");
    }

    private static DateTimeOffset ToSeconds(DateTime utc) => new(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond)));
}
