using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Server.Host.Exploring;

/// <summary>A signal ends an accept that sleeps, with and without the loop that accepts again.</summary>
internal static class InterruptedAccept
{
    private const string Source = """
            void handler(int signo) {
        H1      while (waitpid(-1, NULL, WNOHANG) > 0) ;
            }

            int main(void) {                /* one child still runs */
        M1      clientfd = accept(serverfd, NULL, NULL);
                if (clientfd < 0) fatal("Error accepting client connection");
            }
        """;

    private const string RetryingSource = """
            void handler(int signo) {
        H1      while (waitpid(-1, NULL, WNOHANG) > 0) ;
            }

            int main(void) {                /* one child still runs */
                do {
        M1          clientfd = accept(serverfd, NULL, NULL);
                } while (clientfd < 0 && errno == EINTR);
                if (clientfd < 0) fatal("Error accepting client connection");
            }
        """;

    public static void Define(Model model)
    {
        model.Source(Source);
        Define(model, _ => false);
    }

    public static void DefineRetrying(Model model)
    {
        model.Source(RetryingSource);
        Define(model, client => client.WasInterrupted);
    }

    private static void Define(Model model, Func<AcceptedClient, bool> again)
    {
        var (backlog, client) = (new Backlog(), new AcceptedClient());
        model.Process("main", os => Run(os, backlog, client, again));
        model.Background("client", () => Connect(backlog));
        model.Show("queued", () => $"{backlog.Count}");
        model.Outcome(() => client.WasInterrupted ? "fatal: interrupted (EINTR)" : "the client is served");
    }

    private static IEnumerator<Step> Run(
        Process os,
        Backlog backlog,
        AcceptedClient client,
        Func<AcceptedClient, bool> again
    )
    {
        os.Handle(Signal.Child, () => Handler(os));
        os.Fork();
        do yield return Call(os.Accept("M1", backlog, client));
        while (again(client));
    }

    private static IEnumerator<Step> Handler(Process os)
    {
        var status = new WaitStatus();
        do yield return At("H1");
        while (os.WaitWithoutHanging(status));
    }

    private static IEnumerator<Step> Connect(Backlog backlog)
    {
        yield return At("connect()");
        backlog.Connect(new OpenFile("connection"));
    }
}
