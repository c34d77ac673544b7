namespace Coroutines;

/// <summary>What a scheduler has done since it was made. Its own thread counts; any thread may read, and never sees half of
/// a number.</summary>
internal sealed class Tally
{
    private long turns;
    private long spawned;
    private long resumed;
    private long completed;
    private long failed;
    private long cancelled;

    public long Turns => Volatile.Read(ref turns);

    public long Spawned => Volatile.Read(ref spawned);

    public long Resumed => Volatile.Read(ref resumed);

    public long Completed => Volatile.Read(ref completed);

    public long Failed => Volatile.Read(ref failed);

    public long Cancelled => Volatile.Read(ref cancelled);

    public void CountTurn() => Add(ref turns, 1);

    public void CountSpawned() => Add(ref spawned, 1);

    public void CountResumed(int coroutines) => Add(ref resumed, coroutines);

    public void CountEnded(CoroutineState end)
    {
        switch (end)
        {
            case CoroutineState.Completed:
                Add(ref completed, 1);
                break;
            case CoroutineState.Failed:
                Add(ref failed, 1);
                break;
            case CoroutineState.Cancelled:
                Add(ref cancelled, 1);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(end), end, "A coroutine has not ended yet.");
        }
    }

    // Not interlocked, since nobody else writes: one store, which is whole on 32-bit machines, too.
    private static void Add(ref long count, long more) => Volatile.Write(ref count, count + more);
}
