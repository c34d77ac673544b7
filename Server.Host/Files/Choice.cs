namespace Server.Host.Files;

/// <summary>Which representation of a file a client gets (RFC 9110, section 12.1): the one of the largest weight.</summary>
/// <remarks>Of equal ones the first of: what lies there coded (Brotli, Zstandard, gzip), what is compressed on the fly
/// (Brotli, gzip), the file as it is.</remarks>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Coding">How it is coded.</param>
/// <param name="Weight">How much the client likes it.</param>
internal readonly record struct Choice(Origin Origin, ContentCoding Coding, int Weight)
{
    /// <param name="siblings">The codings that lie there.</param>
    /// <param name="compressed">The codings that can be made.</param>
    /// <param name="hasPlain">Whether the file as it is lies there.</param>
    /// <param name="weights">What the client accepts.</param>
    public static Choice Of(CodingSet siblings, CodingSet compressed, bool hasPlain, CodingWeights weights)
    {
        var best = default(Choice).Or(Origin.Sibling, siblings, weights);
        if (!weights.PrefersStrong)
            best = best.Or(Origin.Compressed, compressed, weights);
        if (hasPlain && weights.Identity > best.Weight)
            best = new(Origin.Plain, ContentCoding.Identity, weights.Identity);
        return best.Weight > 0 ? best : best.Or(Origin.Compressed, compressed, weights);
    }

    private Choice Or(Origin origin, CodingSet codings, CodingWeights weights)
    {
        var best = this;
        foreach (var coding in CodingNames.All)
            if (codings.Has(coding) && weights.Of(coding) > best.Weight)
                best = new(origin, coding, weights.Of(coding));
        return best;
    }
}
