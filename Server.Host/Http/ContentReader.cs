using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>Reads what is to be sent of a file, piece by piece: one stretch of it, or several with what stands between them
/// (<see cref="Multipart"/>).</summary>
internal sealed class ContentReader
{
    private Response? response; // it holds the file
    private byte[] lines = [];
    private int lineStart;
    private int lineEnd;
    private int nextPart;
    private long position; // in the file
    private long left; // of the part

    /// <summary>How many bytes are still to be read; 0 once that can't be done.</summary>
    public long Remaining { get; private set; }

    /// <summary>Whether a file turned out to be another than it was said to be: the answer can't be completed.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>Begins with the content of a response, which is not to be cleared before all of it was read.</summary>
    public void Start(Response response)
    {
        Clear();
        this.response = response;
        Remaining = response.ContentBytes;
        if (!response.IsMultipart)
            (position, left) = (response.Ranges.Count == 1 ? response.Ranges[0].First : 0, Remaining);
        else if (lines.Length < Multipart.MaxBytesOf(response))
            lines = new byte[Multipart.MaxBytesOf(response)];
    }

    /// <summary>Reads as much as there is room for. If that cuts the content short, nothing of it is to be sent: it is of the
    /// right version only if the file hasn't changed up to now.</summary>
    public int Read(Span<byte> destination)
    {
        var filled = 0;
        while (filled < destination.Length && Remaining > 0 && !IsCutShort)
        {
            if (lineStart == lineEnd && left == 0)
                BeginNextPart();
            var read = lineStart < lineEnd ? ReadLines(destination[filled..]) : ReadFile(destination[filled..]);
            filled += read;
            Remaining -= read;
        }
        IsCutShort |= HasChanged();
        return filled;
    }

    public void Clear()
    {
        response = null;
        (lineStart, lineEnd, nextPart, position, left) = (0, 0, 0, 0, 0);
        (Remaining, IsCutShort) = (0, false);
    }

    private bool HasChanged()
    {
        try
        {
            return response!.File!.HasChanged;
        }
        catch (IOException)
        {
            return true; // who knows
        }
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

    private int ReadFile(Span<byte> destination)
    {
        var read = ReadFile(response!.File!, destination[..(int)Math.Min(left, destination.Length)]);
        IsCutShort = read == 0;
        position += read;
        left -= read;
        return read;
    }

    private int ReadFile(FileEntry file, Span<byte> destination)
    {
        if (file.Handle is null)
        {
            file.Content.Span.Slice((int)position, destination.Length).CopyTo(destination);
            return destination.Length;
        }
        try
        {
            return RandomAccess.Read(file.Handle, destination, position);
        }
        catch (IOException)
        {
            return 0; // a broken disk cuts the file short, too
        }
    }
}
