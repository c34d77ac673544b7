namespace Server.Host.Files;

/// <summary>The compressions of one file that nobody has waited for yet. Each is held, and holds the file.</summary>
internal sealed class PromisedCodings
{
    private Compression? brotli;
    private Compression? gzip;

    /// <summary>The one to a coding, if there is.</summary>
    public Compression? Find(ContentCoding coding) => coding == ContentCoding.Brotli ? brotli : gzip;

    /// <summary>Takes over a hold on one.</summary>
    public void Add(Compression compression)
    {
        if (compression.Entry.Coding == ContentCoding.Brotli)
            brotli = compression;
        else
            gzip = compression;
    }

    /// <summary>Lets one go, if it is there.</summary>
    public void Remove(Compression compression)
    {
        if (brotli == compression)
            brotli = null;
        else if (gzip == compression)
            gzip = null;
        else
            return;
        compression.Entry.Release();
    }

    public void Clear()
    {
        if (brotli is not null)
            Remove(brotli);
        if (gzip is not null)
            Remove(gzip);
    }
}
