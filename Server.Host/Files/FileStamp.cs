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

    // The longest tick of a kernel; within one, a later write has the same date.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    // A writer makes many small writes, or a large one that takes its time; each is dated when it began. Most begin by emptying
    // the file, and may have to wait for the disk before they can go on.
    private const double QuietSeconds = 0.1;
    private const double WrittenBytesPerSecond = 200e6; // memory takes more than that
    private const double MaxQuietSeconds = 1;

    /// <summary>Whether somebody may have been in the middle of writing the content when it was looked at: it was written
    /// less than a moment before, 100 ms and what its length may have taken, at most a second; a second if it is empty. (What
    /// is dated in the future isn't being written: nobody could wait for it.)</summary>
    /// <param name="before">A time before the look.</param>
    /// <param name="after">A time after it: a busy machine may lie between the two.</param>
    public bool IsBeingWritten(DateTimeOffset before, DateTimeOffset after)
    {
        var wanted = LengthBytes == 0 ? MaxQuietSeconds : QuietSeconds + (LengthBytes / WrittenBytesPerSecond);
        return IsWithin(TimeSpan.FromSeconds(Math.Min(wanted, MaxQuietSeconds)), before, after);
    }

    /// <summary>Whether it was written within a second before the look, as far as somebody who has the file open for writing
    /// may be in the middle: he may be held up, by the disk or by a busy machine.</summary>
    /// <inheritdoc cref="IsBeingWritten"/>
    public bool IsRecent(DateTimeOffset before, DateTimeOffset after) =>
        IsWithin(TimeSpan.FromSeconds(MaxQuietSeconds), before, after);

    /// <summary>Whether a write after <paramref name="now"/> might leave the date as it is.</summary>
    public bool IsOfTheTickOf(DateTimeOffset now) => (now.UtcDateTime - ModifiedAt).Duration() < Tick;

    /// <summary>Whether <paramref name="other"/> is a state of the same file with the same content. Its name and its rights may
    /// have changed: a file that another was renamed over has lost its name, and is as whole as before.</summary>
    public bool HasContentOf(FileStamp other) =>
        (Device, Inode, LengthBytes, ModifiedAt) == (other.Device, other.Inode, other.LengthBytes, other.ModifiedAt);

    /// <summary>True if a later change would give another stamp: the file was changed long enough before
    /// <paramref name="now"/> for the clock of any file system to have moved on.</summary>
    public bool IsSettledAt(DateTimeOffset now) => now.UtcDateTime - ChangedAt >= Granularity;

    private bool IsWithin(TimeSpan time, DateTimeOffset before, DateTimeOffset after) =>
        before.UtcDateTime - ModifiedAt < time && ModifiedAt - after.UtcDateTime < time;
}
