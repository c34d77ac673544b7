using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>Reads what is to be sent of a file, piece by piece: one stretch of it, or several with what stands between them
/// (<see cref="Multipart"/>).</summary>
internal sealed class ContentReader
{
    // How much of a cold file is fetched at a time: a hard disk needs about as long for it as to find its place.
    private const int FetchBytes = 1024 * 1024;

    private Response? response; // it holds the file
    private byte[] lines = [];
    private int lineStart;
    private int lineEnd;
    private int nextPart;
    private long position; // in the file
    private long left; // of the part
    private long fetchedUpTo; // in the file

    /// <summary>How many bytes are still to be read; 0 once that can't be done.</summary>
    public long Remaining { get; private set; }

    /// <summary>Whether a file turned out to be another than it was said to be: the answer can't be completed.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>What must be done before more can be read; null if nothing.</summary>
    public SlowWork? Work { get; private set; }

    /// <summary>Begins with the content of a response, which is not to be cleared before all of it was read.</summary>
    public void Start(Response response)
    {
        Clear();
        this.response = response;
        Remaining = response.ContentBytes;
        if (!response.IsMultipart)
            (position, left) = (response.ContentStart, Remaining);
        else if (lines.Length < Multipart.MaxBytesOf(response))
            lines = new byte[Multipart.MaxBytesOf(response)];
    }

    /// <summary>Reads as much as there is room for, and as is in memory; if nothing is, <see cref="Work"/> tells what to do
    /// about it. If that cuts the content short, nothing of it is to be sent: it is of the right version only if the file
    /// hasn't changed up to now.</summary>
    public int Read(Span<byte> destination)
    {
        var filled = 0;
        Work = null;
        while (filled < destination.Length && Remaining > 0 && !IsCutShort)
        {
            if (lineStart == lineEnd && left == 0)
                BeginNextPart();
            var read = lineStart < lineEnd ? ReadLines(destination[filled..]) : ReadFile(destination[filled..]);
            if (read is null && filled == 0)
                Work = Fetch();
            if (read is null)
                break;
            filled += read.Value;
            Remaining -= read.Value;
        }
        IsCutShort |= response!.File!.MayHaveChanged;
        return filled;
    }

    public void Clear()
    {
        response = null;
        (lineStart, lineEnd, nextPart, position, left, fetchedUpTo) = (0, 0, 0, 0, 0, 0);
        (Remaining, IsCutShort, Work) = (0, false, null);
    }

    private void BeginNextPart()
    {
        var ranges = response!.Ranges;
        lineStart = 0;
        if (nextPart == ranges.Count)
        {
            lineEnd = Multipart.WriteEnd(response, lines);
            return;
        }
        lineEnd = Multipart.WriteHead(response, nextPart, lines);
        (position, left) = (ranges[nextPart].First, ranges[nextPart].LengthBytes);
        nextPart++;
    }

    private int ReadLines(Span<byte> destination)
    {
        var length = Math.Min(lineEnd - lineStart, destination.Length);
        lines.AsSpan(lineStart, length).CopyTo(destination);
        lineStart += length;
        return length;
    }

    private SlowWork Fetch()
    {
        var count = Math.Min(FetchBytes, left);
        fetchedUpTo = position + count;
        return response!.File!.Fetch(position, count);
    }

    private int? ReadFile(Span<byte> destination)
    {
        var read = ReadFile(response!.File!, destination[..(int)Math.Min(left, destination.Length)]);
        IsCutShort = read == 0;
        position += read ?? 0;
        left -= read ?? 0;
        return read;
    }

    private int? ReadFile(FileEntry file, Span<byte> destination)
    {
        if (file.Handle is null)
        {
            file.Content.Span.Slice((int)position, destination.Length).CopyTo(destination);
            return destination.Length;
        }
        try
        {
            // What was fetched is taken as it is: it may have been dropped again, or lie where nobody can tell.
            return position < fetchedUpTo
                ? RandomAccess.Read(file.Handle, destination, position)
                : file.TryRead(destination, position);
        }
        catch (IOException)
        {
            return 0; // a broken disk cuts the file short, too
        }
    }
}
