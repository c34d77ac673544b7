using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Server.Host.Exploring;

/// <summary>The right form: only the handler reaps, as many as there are; the loop sleeps until it has run; fork and count
/// are one within the mask.</summary>
internal static class Sigsuspend
{
    private const string Source = """
            void handler(int signo) {
        H1      while (waitpid(-1, NULL, WNOHANG) > 0) g--;
            }

            int main(void) {
                for (each client) {
        M1          toggle_sigchld(SIG_BLOCK);
        M2          while (g >= MAX)
        M3              sigsuspend(&nothing_blocked);
        M4          toggle_sigchld(SIG_UNBLOCK);
        M5          clientfd = accept(serverfd, NULL, NULL);
        M6          toggle_sigchld(SIG_BLOCK);
        M7          g++;
        M8          fork();         /* the child serves the client, and exits */
        M9          toggle_sigchld(SIG_UNBLOCK);
                }
            }
        """;

    public static void Define(Model model, ServerSize size)
    {
        model.Source(Source);
        var server = ForkingServer.Define(model, size, KernelRules.Linux, (os, g) => Run(os, g, size));
        model.Never(ForkingServer.AsleepInHandler, () => server.SleepsInHandler);
    }

    private static IEnumerator<Step> Run(Process os, Shared<int> g, ServerSize size)
    {
        os.Handle(Signal.Child, () => Handler(os, g));
        for (var client = 0; client < size.Clients; client++)
        {
            yield return At("M1");
            os.Block(Signal.Child);
            while (true)
            {
                yield return At("M2");
                if (g.Value < size.Max)
                    break;
                yield return Call(os.Suspend("M3"));
            }
            yield return At("M4");
            os.Unblock(Signal.Child);
            yield return At("M5");
            yield return At("M6");
            os.Block(Signal.Child);
            yield return At("M7");
            g.Value++;
            yield return At("M8");
            os.Fork();
            yield return At("M9");
            os.Unblock(Signal.Child);
        }
    }

    private static IEnumerator<Step> Handler(Process os, Shared<int> g)
    {
        var status = new WaitStatus();
        while (true)
        {
            yield return At("H1");
            if (!os.WaitWithoutHanging(status))
                yield break;
            g.Value--;
        }
    }
}
