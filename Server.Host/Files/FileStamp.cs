namespace Server.Host.Files;

/// <summary>What the file system knows of one state of a file. Equal stamps mean an unchanged file, once the stamp is
/// settled.</summary>
/// <param name="Device">The device of the file; zero where that isn't known.</param>
/// <param name="Inode">The number of the file on its device; zero where that isn't known.</param>
/// <param name="LengthBytes">The length, in bytes.</param>
/// <param name="ModifiedAt">When the content was last written, in UTC. Anybody may set it.</param>
/// <param name="ChangedAt">When the content, the name or the rights were last changed, in UTC; nobody can set it.
/// <paramref name="ModifiedAt"/> where that isn't known.</param>
internal readonly record struct FileStamp(
    ulong Device,
    ulong Inode,
    long LengthBytes,
    DateTime ModifiedAt,
    DateTime ChangedAt
)
{
    // FAT keeps times in steps of two seconds; ext4 and others in those of the kernel's tick, 1 to 10 ms.
    private static readonly TimeSpan Granularity = TimeSpan.FromSeconds(2);

    /// <summary>True if a later change would give another stamp: the file was changed long enough before
    /// <paramref name="now"/> for the clock of any file system to have moved on.</summary>
    public bool IsSettledAt(DateTimeOffset now) => now.UtcDateTime - ChangedAt >= Granularity;
}
