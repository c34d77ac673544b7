using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Server.Host.Exploring;

/// <summary>The repair: SIGCHLD is blocked wherever the count is used. A wait within the mask leaves the signal pending.
/// </summary>
internal static class Sigprocmask
{
    private const string Source = """
            void handler(int signo) {
                int wstatus;
        H1      wait(&wstatus); if (WIFEXITED(wstatus) || WIFSIGNALED(wstatus)) g--;
            }

            int main(void) {
                for (each client) {
        M1          toggle_sigchld(SIG_BLOCK);
        M2          while (g >= MAX) {
        M3              wait(&wstatus); if (WIFEXITED(wstatus) || WIFSIGNALED(wstatus)) g--;
                    }
        M4          toggle_sigchld(SIG_UNBLOCK);
        M5          clientfd = accept(serverfd, NULL, NULL);
        M6          toggle_sigchld(SIG_BLOCK);
        M7          g++;
        M8          toggle_sigchld(SIG_UNBLOCK);
        M9          fork();         /* the child serves the client, and exits */
                }
            }
        """;

    public static void Define(Model model, ServerSize size, KernelRules rules)
    {
        model.Source(Source);
        var server = ForkingServer.Define(model, size, rules, (os, g) => Run(os, g, size));
        model.Never(ForkingServer.AsleepInHandler, () => server.SleepsInHandler);
    }

    private static IEnumerator<Step> Run(Process os, Shared<int> g, ServerSize size)
    {
        var status = new WaitStatus();
        os.Handle(Signal.Child, () => ForkingServer.WaitingHandler(os, g));
        for (var client = 0; client < size.Clients; client++)
        {
            yield return At("M1");
            os.Block(Signal.Child);
            while (true)
            {
                yield return At("M2");
                if (g.Value < size.Max)
                    break;
                yield return Call(os.Wait("M3", status));
                ForkingServer.CountDown(g, status);
            }
            yield return At("M4");
            os.Unblock(Signal.Child);
            yield return At("M5");
            yield return At("M6");
            os.Block(Signal.Child);
            yield return At("M7");
            g.Value++;
            yield return At("M8");
            os.Unblock(Signal.Child);
            yield return At("M9");
            os.Fork();
        }
    }
}
