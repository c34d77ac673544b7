namespace Server.Host.Files;

/// <summary>How much a <see cref="FileCache"/> may hold, and for how long without looking.</summary>
internal sealed record FileCacheLimits
{
    /// <summary>Contents, paths and a fixed cost for each file, in bytes. Zero caches nothing. The default is 64
    /// MiB.</summary>
    public long CapacityBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 64 * 1024 * 1024;

    /// <summary>Up to this length a file's content is kept in memory, in bytes. The default is 64 KiB.</summary>
    public int SmallFileBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 64 * 1024; // .NET: an array of 85,000 bytes or more goes to the large object heap

    /// <summary>How many files are kept open. Zero keeps none. The default is 256.</summary>
    public int MaxHandles
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 256; // Linux: a quarter of the 1,024 descriptors that a process has by default

    /// <summary>How long a file is answered from memory before the file system is asked again. The default is one
    /// second.</summary>
    public TimeSpan RecheckAfter
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(1);
}
