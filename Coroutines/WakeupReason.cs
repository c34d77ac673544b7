namespace Coroutines;

[Flags]
internal enum WakeupReason : ushort
{
    None = 0,
    Readable = 1,
    Writable = 2,
    DeadlineReached = 4,
    Cancelled = 8,
    Closed = 16,
    Failed = 32,
    Returned = 64,

    /// <summary>What came is an <see cref="IGrant"/>.</summary>
    Granted = 128,

    /// <summary>The failure is the waiter's own: it fails where it stands.</summary>
    Thrown = 256,

    /// <summary>The failure is another one's, and was told to nobody else.</summary>
    Unseen = 512,
}
