using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Server.Host.Exploring;

/// <summary>A server that looks whether it may fork, and then waits, while a handler waits as well.</summary>
internal static class CheckThenWait
{
    private const string Source = """
            void handler(int signo) {
                int wstatus;
        H1      wait(&wstatus); if (WIFEXITED(wstatus) || WIFSIGNALED(wstatus)) g--;
            }

            int main(void) {
                for (each client) {
        M1          while (g >= MAX) {
        M2              wait(&wstatus);
                    }
        M3          clientfd = accept(serverfd, NULL, NULL);
        M4          g++;
        M5          fork();         /* the child serves the client, and exits */
                }
            }
        """;

    private const string DecrementingSource = """
            void handler(int signo) {
                int wstatus;
        H1      wait(&wstatus); if (WIFEXITED(wstatus) || WIFSIGNALED(wstatus)) g--;
            }

            int main(void) {
                for (each client) {
        M1          while (g >= MAX) {
        M2              wait(&wstatus); if (WIFEXITED(wstatus) || WIFSIGNALED(wstatus)) g--;
                    }
        M3          clientfd = accept(serverfd, NULL, NULL);
        M4          g++;
        M5          fork();         /* the child serves the client, and exits */
                }
            }
        """;

    /// <summary>The loop that only waits.</summary>
    public static void Define(Model model, ServerSize size, KernelRules rules)
    {
        model.Source(Source);
        ForkingServer.Define(model, size, rules, (os, g) => Run(os, g, size, _ => { }));
    }

    /// <summary>The loop that also counts.</summary>
    public static void DefineDecrementing(Model model, ServerSize size, KernelRules rules)
    {
        model.Source(DecrementingSource);
        ForkingServer.Define(
            model,
            size,
            rules,
            (os, g) => Run(os, g, size, status => ForkingServer.CountDown(g, status))
        );
    }

    private static IEnumerator<Step> Run(Process os, Shared<int> g, ServerSize size, Action<WaitStatus> waited)
    {
        var status = new WaitStatus();
        os.Handle(Signal.Child, () => ForkingServer.WaitingHandler(os, g));
        for (var client = 0; client < size.Clients; client++)
        {
            while (true)
            {
                yield return At("M1");
                if (g.Value < size.Max)
                    break;
                yield return Call(os.Wait("M2", status));
                waited(status);
            }
            yield return At("M3");
            yield return At("M4");
            g.Value++;
            yield return At("M5");
            os.Fork();
        }
    }
}
