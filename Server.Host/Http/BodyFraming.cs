namespace Server.Host.Http;

/// <summary>How much content follows a request's head.</summary>
/// <param name="LengthBytes">The announced length; 0 unless the kind is <see cref="BodyKind.Length"/>.</param>
internal readonly record struct BodyFraming(BodyKind Kind, long LengthBytes)
{
    public static BodyFraming None => default;

    public static BodyFraming Chunked => new(BodyKind.Chunked, 0);

    /// <summary>Whether bytes follow the head. <c>Content-Length: 0</c> announces none.</summary>
    public bool HasContent => Kind == BodyKind.Chunked || LengthBytes > 0;

    public static BodyFraming Of(long lengthBytes) => new(BodyKind.Length, lengthBytes);
}
