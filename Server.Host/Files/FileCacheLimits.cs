using Server.Host.Http;

namespace Server.Host.Files;

/// <summary>How much a <see cref="FileCache"/> may hold, and for how long without looking.</summary>
internal sealed record FileCacheLimits
{
    public const long DefaultCapacityBytes = 64 * 1024 * 1024;

    /// <summary>Contents, codings, paths and a fixed cost for each file, in bytes. Zero caches nothing. The default is 64
    /// MiB.</summary>
    public long CapacityBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = DefaultCapacityBytes;

    /// <summary>From this length on a file is compressed on the fly, in bytes: below, it would fit into a packet either
    /// way.</summary>
    public const int MinCompressedBytes = 1_000; // Amazon CloudFront: files of 1,000 to 10,000,000 bytes

    /// <summary>Up to this length a file is compressed on the fly where that holds up nobody, in bytes.</summary>
    public const int DefaultMaxCompressedBytes = 10_000_000;

    /// <summary>Up to this length a file is compressed on a loop's own thread, in bytes: a few milliseconds.</summary>
    public const int MaxCompressedOnLoopBytes = 64 * 1024;

    /// <summary>Up to this length a file is compressed on the fly, in bytes. Zero compresses nothing. Never more than
    /// <see cref="CapacityBytes"/>: what isn't kept would be compressed again and again.</summary>
    public int MaxCompressedBytes
    {
        get => (int)Math.Min(field, CapacityBytes);
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = DefaultMaxCompressedBytes;

    /// <summary>Up to this length a large file that is asked for again is copied into memory where that holds up nobody, in
    /// bytes: 16 MiB.</summary>
    public const int DefaultMaxCopiedBytes = 16 * 1024 * 1024; // takes some ten milliseconds, beside the loop

    /// <summary>Up to this length it is copied on a loop's own thread, in bytes.</summary>
    public const int MaxCopiedOnLoopBytes = 1024 * 1024;

    /// <summary>Up to this length a large file that is asked for again is copied into memory, in bytes. Zero copies nothing.
    /// Never more than a quarter of <see cref="CapacityBytes"/>, or one file would drive out all others.</summary>
    public int MaxCopiedBytes
    {
        get => (int)Math.Min(field, CapacityBytes / 4);
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = OperatingSystem.IsLinux() ? DefaultMaxCopiedBytes : 0;

    /// <summary>How much all copies, as they are and compressed, may take together, in bytes: those that are kept, within
    /// <see cref="CapacityBytes"/>, and as much for those that are let go while they are sent.</summary>
    public long AllCopiesBytes => CapacityBytes + Math.Min(CapacityBytes, long.MaxValue - CapacityBytes);

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

    /// <summary>Which descriptors files may take. The default is that of a process in which one thread serves.</summary>
    public DescriptorShares Descriptors { get; init; } = DescriptorShares.Of(workers: 1);

    /// <summary>Whether who asks for a file that isn't in memory waits for the disk. Refused where that would hold up others:
    /// he is told what to do first. By default he waits.</summary>
    public DiskWait DiskWait { get; init; } = DiskWait.Allowed;

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

    /// <summary>What each of several caches may hold, so that together they hold no more than one with these limits.</summary>
    public FileCacheLimits SharedBy(int caches) =>
        this with
        {
            CapacityBytes = CapacityBytes / caches,
            MaxHandles = MaxHandles / caches,
        };

    /// <summary>The same where files are compressed and copied on a loop's own thread.</summary>
    public FileCacheLimits OnLoop =>
        this with
        {
            MaxCompressedBytes = Math.Min(MaxCompressedBytes, MaxCompressedOnLoopBytes),
            MaxCopiedBytes = Math.Min(MaxCopiedBytes, MaxCopiedOnLoopBytes),
        };
}
