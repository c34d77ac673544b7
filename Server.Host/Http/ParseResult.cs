namespace Server.Host.Http;

/// <summary>What <see cref="RequestParser.Parse"/> made of the bytes so far.</summary>
internal enum ParseResult
{
    /// <summary>The head is not complete: call again when more bytes have come.</summary>
    Incomplete,

    /// <summary>The request is filled in; <see cref="Request.HeadBytes"/> bytes were consumed.</summary>
    Complete,

    /// <summary>See <see cref="RequestParser.Refusal"/>. Answer it and close: what follows cannot be told
    /// apart.</summary>
    Refused,
}
