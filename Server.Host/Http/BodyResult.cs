namespace Server.Host.Http;

/// <summary>What <see cref="BodyReader.Read"/> made of the bytes.</summary>
internal enum BodyResult
{
    /// <summary>All bytes were consumed and more are to come.</summary>
    Incomplete,

    /// <summary>The content has ended; bytes beyond the consumed ones are the next request's.</summary>
    Complete,

    /// <summary>See <see cref="BodyReader.Refusal"/>. Answer it and close.</summary>
    Refused,
}
