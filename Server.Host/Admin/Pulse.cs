using Coroutines;
using Coroutines.Diagnostics;
using static Coroutines.Wait;

namespace Server.Host.Admin;

/// <summary>Finds out whether a scheduler still turns: asks it for an answer each second.</summary>
/// <param name="loop">Whose scheduler is asked; another one runs this.</param>
/// <param name="clock">The clock.</param>
internal sealed class Pulse(AdminLoop loop, TimeProvider clock)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer may take before the loop counts as kept.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Scheduler studied = loop.Scheduler;
    private volatile bool isAnswered = true;
    private long askedAt;

    /// <summary>What is asked.</summary>
    public AdminLoop Loop => loop;

    /// <summary>Whether the loop has answered in time.</summary>
    public bool IsAlive => isAnswered || clock.GetElapsedTime(askedAt) < Patience;

    /// <summary>What keeps it, as far as that is known.</summary>
    public string Reason =>
        $"The loop{Of} doesn't answer. Running: {(object?)studied.RunningStep() ?? "no coroutine"}.";

    private string Of => loop.Name is { } name ? $" of {name}" : "";

    /// <summary>The coroutine, which doesn't end.</summary>
    public IEnumerator<Wait> Run()
    {
        while (true)
        {
            if (isAnswered)
            {
                (askedAt, isAnswered) = (clock.GetTimestamp(), false);
                studied.Post(() => isAnswered = true);
            }
            yield return Sleep(Period);
        }
    }
}
