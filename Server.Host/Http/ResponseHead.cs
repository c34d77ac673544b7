using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>Writes the head of a response (RFC 9112, section 4). Allocates nothing.</summary>
internal static class ResponseHead
{
    private static ReadOnlySpan<byte> Server => "Server: Coroutines\r\n"u8;

    private static ReadOnlySpan<byte> Close => "Connection: close\r\n"u8;

    private static ReadOnlySpan<byte> KeepAlive => "Connection: keep-alive\r\n"u8;

    private static ReadOnlySpan<byte> Location => "Location: "u8;

    private static ReadOnlySpan<byte> End => "\r\n"u8;

    /// <summary>At most how many bytes the head takes.</summary>
    public static int MaxBytesOf(Response response, Request request) =>
        StatusLine.Of(response.Status).Length
        + "Date: "u8.Length
        + HttpDate.LengthBytes
        + End.Length
        + Server.Length
        + response.ContentFields.Length
        + KeepAlive.Length
        + (response.AddsSlash ? Location.Length + SlashRedirect.LengthOf(request.Path, request.Query) + End.Length : 0)
        + End.Length;

    /// <summary>Writes it, and returns how many bytes it took.</summary>
    public static int Write(Response response, Request request, ReadOnlySpan<byte> dateLine, Span<byte> destination)
    {
        var rest = destination;
        Put(ref rest, StatusLine.Of(response.Status));
        Put(ref rest, dateLine);
        Put(ref rest, Server);
        Put(ref rest, response.ContentFields.Span);
        if (response.AddsSlash)
            PutLocation(ref rest, request);
        if (response.Closes)
            Put(ref rest, Close);
        else if (request.MinorVersion == 0)
            Put(ref rest, KeepAlive); // RFC 9112, section 9.3: a 1.0 client must be told
        Put(ref rest, End);
        return destination.Length - rest.Length;
    }

    private static void PutLocation(ref Span<byte> rest, Request request)
    {
        Put(ref rest, Location);
        rest = rest[SlashRedirect.Write(request.Path, request.Query, rest)..];
        Put(ref rest, End);
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
