using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>Writes the head of a response (RFC 9112, section 4). Allocates nothing.</summary>
internal static class ResponseHead
{
    private static ReadOnlySpan<byte> Vary => "Vary: Accept-Encoding\r\n"u8;

    private static ReadOnlySpan<byte> Length => "Content-Length: "u8;

    private static ReadOnlySpan<byte> PartsType => "Content-Type: multipart/byteranges; boundary="u8;

    private static ReadOnlySpan<byte> Close => "Connection: close\r\n"u8;

    private static ReadOnlySpan<byte> KeepAlive => "Connection: keep-alive\r\n"u8;

    private static ReadOnlySpan<byte> Location => "Location: "u8;

    private static ReadOnlySpan<byte> End => "\r\n"u8;

    /// <summary>At most how many bytes the head takes.</summary>
    public static int MaxBytesOf(Response response, Request request, ReadOnlySpan<byte> siteFields) =>
        StatusLine.Of(response.Status).Length
        + "Date: "u8.Length
        + HttpDate.LengthBytes
        + End.Length
        + siteFields.Length
        + response.ContentFields.Length
        + Length.Length
        + HeadWriter.MaxDigits
        + End.Length
        + PartsType.Length
        + Boundary.LengthBytes
        + End.Length
        + ContentRange.MaxBytes
        + Vary.Length
        + KeepAlive.Length
        + (response.AddsSlash ? Location.Length + SlashRedirect.LengthOf(request.Path, request.Query) + End.Length : 0)
        + End.Length;

    /// <summary>Writes it, and returns how many bytes it took.</summary>
    public static int Write(
        Response response,
        Request request,
        ReadOnlySpan<byte> dateLine,
        ReadOnlySpan<byte> siteFields,
        Span<byte> destination
    )
    {
        var head = new HeadWriter(destination);
        head.Put(StatusLine.Of(response.Status));
        head.Put(dateLine);
        head.Put(siteFields);
        head.Put(response.ContentFields.Span);
        if (response.HasLength)
            PutLength(ref head, response);
        PutRange(ref head, response);
        if (response.Varies)
            head.Put(Vary);
        if (response.AddsSlash)
            PutLocation(ref head, request);
        if (response.Closes)
            head.Put(Close);
        else if (request.MinorVersion == 0)
            head.Put(KeepAlive); // RFC 9112, section 9.3: a 1.0 client must be told
        head.Put(End);
        return head.Written;
    }

    private static void PutLength(ref HeadWriter head, Response response)
    {
        head.Put(Length);
        head.Put(response.ContentBytes);
        head.Put(End);
    }

    private static void PutRange(ref HeadWriter head, Response response)
    {
        if (response.Status == 416)
        {
            ContentRange.WriteUnsatisfied(ref head, response.CompleteBytes);
        }
        else if (response.IsMultipart)
        {
            head.Put(PartsType);
            head.Put(response.Boundary.Text);
            head.Put(End);
        }
        else if (response.Ranges.Count == 1)
        {
            ContentRange.Write(ref head, response.Ranges[0], response.CompleteBytes);
        }
    }

    private static void PutLocation(ref HeadWriter head, Request request)
    {
        head.Put(Location);
        head.PutWithSlash(request.Path, request.Query);
        head.Put(End);
    }
}
