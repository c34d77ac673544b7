using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Server.Host.Exploring;

/// <summary>A child inherits a copy of its client's descriptor. The client reads end of file once every copy is closed.
/// </summary>
internal static class InheritedDescriptor
{
    private const int Clients = 2;

    // 0 to 2 are the standard streams; 3 is left for one client at a time.
    private const int Limit = 4;

    private const string LeakingSource = """
            int main(void) {
                for (each of two clients) {
        M1          clientfd = accept(serverfd, NULL, NULL);
        M2          if (fork() == 0) {
        K1              server_chat_with_client(clientfd, webroot);
        K2              exit(0);            /* closes the child's copies */
                    }
                }                           /* and the parent's copy? */
            }

            each client:
        C1      reads until end of file
        """;

    private const string ClosingSource = """
            int main(void) {
                for (each of two clients) {
        M1          clientfd = accept(serverfd, NULL, NULL);
        M2          if (fork() == 0) {
        K1              server_chat_with_client(clientfd, webroot);
        K2              exit(0);            /* closes the child's copies */
                    }
        M3          close(clientfd);
                }
            }

            each client:
        C1      reads until end of file
        """;

    public static void Define(Model model)
    {
        model.Source(LeakingSource);
        Define(model, (_, _) => Nothing());
    }

    public static void DefineClosing(Model model)
    {
        model.Source(ClosingSource);
        Define(model, Close);
    }

    private static void Define(Model model, Func<Process, int, IEnumerator<Step>> afterFork)
    {
        var backlog = new Backlog();
        for (var number = 1; number <= Clients; number++)
        {
            var connection = new OpenFile($"client {number}");
            backlog.Connect(connection);
            model.Thread(connection.Name, () => Read(connection));
        }
        var accepted = new AcceptedClient();
        var server = model.BackgroundProcess("main", os => Run(os, backlog, accepted, afterFork), Limit);
        model.Show("descriptors", server.Descriptors.ToString);
        model.Never("no descriptor left", () => accepted.FoundTableFull);
        model.Outcome(() => "every client reads its end of file");
    }

    private static IEnumerator<Step> Run(
        Process os,
        Backlog backlog,
        AcceptedClient client,
        Func<Process, int, IEnumerator<Step>> afterFork
    )
    {
        while (true)
        {
            yield return Call(os.Accept("M1", backlog, client));
            if (client.FoundTableFull)
                yield return Until("M1", () => false, "a descriptor"); // nothing will ever close one
            yield return At("M2");
            os.Fork($"child of {client.Descriptor}", Child);
            yield return Call(afterFork(os, client.Descriptor));
        }
    }

    private static IEnumerator<Step> Child(Process child)
    {
        yield return At("K1");
        yield return At("K2");
    }

    private static IEnumerator<Step> Close(Process os, int descriptor)
    {
        yield return At("M3");
        os.Descriptors.Close(descriptor);
    }

    private static IEnumerator<Step> Nothing()
    {
        yield break;
    }

    private static IEnumerator<Step> Read(OpenFile connection)
    {
        yield return Until("C1", () => connection.IsClosed, "EOF");
    }
}
