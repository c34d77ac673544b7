namespace Server.Host.Files;

/// <summary>How much a client likes each content coding: 0, not acceptable, to 1000 (RFC 9110, section 12.4.2).</summary>
internal readonly record struct CodingWeights(int Identity, int Brotli, int Zstandard, int Gzip)
{
    /// <summary>The largest weight: <c>q=1</c>.</summary>
    public const int Most = 1_000;

    /// <summary>The smallest weight of what is acceptable: <c>q=0.001</c>.</summary>
    public const int Least = 1;

    /// <summary>A client that didn't say: all is acceptable, but what it surely understands is the file as it is.</summary>
    public static readonly CodingWeights Unstated = new(Most, Least, Least, Least);

    /// <summary>Whether a representation that can be continued later is wanted: the tag of what is compressed on the fly is
    /// weak, and so it is chosen only if nothing else is acceptable.</summary>
    public bool PrefersStrong { get; init; }

    public int Of(ContentCoding coding) =>
        coding switch
        {
            ContentCoding.Brotli => Brotli,
            ContentCoding.Zstandard => Zstandard,
            ContentCoding.Gzip => Gzip,
            _ => Identity,
        };
}
