namespace Server.Host.Http;

/// <summary>Writes what stands before, between and behind the parts of a multipart/byteranges content (RFC 9110, section
/// 14.6). Allocates nothing.</summary>
internal static class Multipart
{
    private static ReadOnlySpan<byte> Dashes => "--"u8;

    private static ReadOnlySpan<byte> TypeName => "Content-Type: "u8;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>At most how many bytes <see cref="WriteHead"/> and <see cref="WriteEnd"/> write.</summary>
    public static int MaxBytesOf(Response response) => FixedBytesOf(response) + LineEnd.Length + ContentRange.MaxBytes;

    /// <summary>The length of the whole content.</summary>
    public static long LengthOf(Response response)
    {
        var ranges = response.Ranges;
        var between = LineEnd.Length * (ranges.Count - 1);
        var length = between + EndBytes + ((long)FixedBytesOf(response) * ranges.Count);
        for (var part = 0; part < ranges.Count; part++)
            length += ranges[part].LengthBytes + ContentRange.LengthOf(ranges[part], response.CompleteBytes);
        return length;
    }

    /// <summary>Writes what stands before a part; returns its length.</summary>
    public static int WriteHead(Response response, int part, Span<byte> destination)
    {
        var head = new HeadWriter(destination);
        if (part > 0)
            head.Put(LineEnd);
        head.Put(Dashes);
        head.Put(response.Boundary.Text);
        head.Put(LineEnd);
        head.Put(TypeName);
        head.Put(response.PartType.Span);
        head.Put(LineEnd);
        ContentRange.Write(ref head, response.Ranges[part], response.CompleteBytes);
        head.Put(LineEnd);
        return head.Written;
    }

    /// <summary>Writes what stands behind the last part; returns its length.</summary>
    public static int WriteEnd(Response response, Span<byte> destination)
    {
        var end = new HeadWriter(destination);
        end.Put(LineEnd);
        end.Put(Dashes);
        end.Put(response.Boundary.Text);
        end.Put(Dashes);
        end.Put(LineEnd);
        return end.Written;
    }

    private static int EndBytes => (2 * Dashes.Length) + (2 * LineEnd.Length) + Boundary.LengthBytes;

    // All of a part's head but its Content-Range, and the line end before it.
    private static int FixedBytesOf(Response response) =>
        Dashes.Length + Boundary.LengthBytes + TypeName.Length + response.PartType.Length + (3 * LineEnd.Length);
}
