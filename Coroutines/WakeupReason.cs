namespace Coroutines;

[Flags]
internal enum WakeupReason : byte
{
    None = 0,
    Readable = 1,
    Writable = 2,
    DeadlineReached = 4,
    Cancelled = 8,
    Closed = 16,
    Failed = 32,
    Returned = 64,
}
