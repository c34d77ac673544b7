using static Coroutines.Wait;

namespace Coroutines.Benchmarks;

/// <summary>The coroutines under measurement; none does any work of its own.</summary>
internal static class Bodies
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    public static IEnumerator<Wait> Pauses()
    {
        while (true)
            yield return Pause();
    }

    /// <summary>Pauses in a child that lies <paramref name="depth"/> frames deep.</summary>
    public static IEnumerator<Wait> PausesAt(int depth)
    {
        if (depth > 1)
            yield return Call(PausesAt(depth - 1));
        while (true)
            yield return Pause();
    }

    /// <summary>The same without the scheduler's stack of frames: each frame hands up what its child yields.</summary>
    public static IEnumerator<Wait> NestedPausesAt(int depth)
    {
        if (depth > 1)
        {
            using var child = NestedPausesAt(depth - 1);
            while (child.MoveNext())
                yield return child.Current;
        }
        while (true)
            yield return Pause();
    }

    /// <summary>Sleeps for no time: through the timer queue's door, but without a timer.</summary>
    public static IEnumerator<Wait> Naps()
    {
        while (true)
            yield return Sleep(TimeSpan.Zero);
    }

    public static IEnumerator<Wait> Sleeps()
    {
        while (true)
            yield return Sleep(TenMinutes);
    }

    /// <summary>Sleeps in a child that lies <paramref name="depth"/> frames deep.</summary>
    public static IEnumerator<Wait> SleepsAt(int depth)
    {
        if (depth > 1)
            yield return Call(SleepsAt(depth - 1));
        while (true)
            yield return Sleep(TenMinutes);
    }

    /// <summary>Makes <paramref name="calls"/> calls between two pauses.</summary>
    public static IEnumerator<Wait> Calls(int calls)
    {
        while (true)
        {
            for (var i = 0; i < calls; i++)
                yield return Call(Nothing());
            yield return Pause();
        }
    }

    /// <summary>As <see cref="Calls"/>, each call with a deadline.</summary>
    public static IEnumerator<Wait> CallsWithDeadline(int calls)
    {
        while (true)
        {
            for (var i = 0; i < calls; i++)
                yield return Call(Nothing(), TenMinutes);
            yield return Pause();
        }
    }

    public static IEnumerator<Wait> Nothing()
    {
        yield break;
    }
}
