using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Server.Host.Exploring;

/// <summary>What the modelled servers have in common: a count of the children, and what must not become of it.</summary>
internal static class ForkingServer
{
    public const string BelowZero = "g = -1";
    public const string AsleepInHandler = "asleep in the handler";

    public static Process Define(
        Model model,
        ServerSize size,
        KernelRules rules,
        Func<Process, Shared<int>, IEnumerator<Step>> main
    )
    {
        var g = model.Share("g", 0);
        var server = model.Process("main", os => main(os, g), rules);
        model.Never(BelowZero, () => g.Value == -1);
        model.Never(TooMany(size), () => server.Running > size.Max);
        return server;
    }

    public static string TooMany(ServerSize size) =>
        size.Max == 1 ? "two children run at once" : $"{size.Max + 1} children run at once";

    /// <summary>The handler that waits for one child. A signal stands for one child or for several.</summary>
    public static IEnumerator<Step> WaitingHandler(Process os, Shared<int> g)
    {
        var status = new WaitStatus();
        yield return Call(os.Wait("H1", status));
        CountDown(g, status);
    }

    public static void CountDown(Shared<int> g, WaitStatus status)
    {
        if (status.LooksLikeExit)
            g.Value--;
    }
}
