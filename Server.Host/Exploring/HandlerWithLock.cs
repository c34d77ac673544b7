using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Server.Host.Exploring;

/// <summary>A handler that takes the lock which its own main path may hold, as printf does with that of its stream; and one
/// that writes without it.</summary>
internal static class HandlerWithLock
{
    private const string Source = """
            void handler(int signo) {       /* SIGALRM */
        H1      lock(stdout);               /* printf("tick\n"); */
        H2      unlock(stdout);
            }

            int main(void) {
        M1      lock(stdout);               /* printf("hello\n"); */
        M2      unlock(stdout);
            }
        """;

    private const string SafeSource = """
            void handler(int signo) {       /* SIGALRM */
        H1      write(1, "tick\n", 5);
            }

            int main(void) {
        M1      lock(stdout);               /* printf("hello\n"); */
        M2      unlock(stdout);
            }
        """;

    public static void Define(Model model)
    {
        model.Source(Source);
        var stdout = model.Lock("stdout");
        Define(model, stdout, () => Print("H", stdout));
    }

    public static void DefineSafe(Model model)
    {
        model.Source(SafeSource);
        Define(model, model.Lock("stdout"), Write);
    }

    private static void Define(Model model, SharedLock stdout, Func<IEnumerator<Step>> handler)
    {
        var main = model.Process("main", os => Run(os, stdout, handler));
        model.Background("clock", () => Ring(main));
        model.Outcome(() => "both lines are written, or the program ended first");
    }

    private static IEnumerator<Step> Run(Process os, SharedLock stdout, Func<IEnumerator<Step>> handler)
    {
        os.Handle(Signal.Alarm, handler);
        return Print("M", stdout);
    }

    private static IEnumerator<Step> Print(string labels, SharedLock stdout)
    {
        yield return Call(stdout.Take(labels + "1"));
        yield return At(labels + "2");
        stdout.Free();
    }

    private static IEnumerator<Step> Write()
    {
        yield return At("H1");
    }

    private static IEnumerator<Step> Ring(Process main)
    {
        yield return At("SIGALRM is sent");
        main.Raise(Signal.Alarm);
    }
}
