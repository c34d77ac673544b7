namespace Server.Host.Files;

/// <summary>Some of the content codings. The default is none.</summary>
internal readonly record struct CodingSet
{
    private readonly byte bits;

    private CodingSet(int bits) => this.bits = (byte)bits;

    public bool IsEmpty => bits == 0;

    /// <summary>Those of either set.</summary>
    public CodingSet With(CodingSet others) => new(bits | others.bits);

    public bool Has(ContentCoding coding) => (bits & (1 << (int)coding)) != 0;

    public CodingSet With(ContentCoding coding) => new(bits | (1 << (int)coding));

    public CodingSet Without(ContentCoding coding) => new(bits & ~(1 << (int)coding));
}
