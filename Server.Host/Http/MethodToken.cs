namespace Server.Host.Http;

/// <summary>Recognises methods, which are case-sensitive (RFC 9110, section 9.1).</summary>
internal static class MethodToken
{
    public static Method Recognise(ReadOnlySpan<byte> token) =>
        token switch
        {
            _ when token.SequenceEqual("GET"u8) => Method.Get,
            _ when token.SequenceEqual("HEAD"u8) => Method.Head,
            _ when token.SequenceEqual("POST"u8) => Method.Post,
            _ when token.SequenceEqual("PUT"u8) => Method.Put,
            _ when token.SequenceEqual("DELETE"u8) => Method.Delete,
            _ when token.SequenceEqual("CONNECT"u8) => Method.Connect,
            _ when token.SequenceEqual("OPTIONS"u8) => Method.Options,
            _ when token.SequenceEqual("TRACE"u8) => Method.Trace,
            _ when token.SequenceEqual("PATCH"u8) => Method.Patch,
            _ => Method.Other,
        };
}
