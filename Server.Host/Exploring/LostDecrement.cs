using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Server.Host.Exploring;

/// <summary>A decrement is three instructions, and a handler's may come between them.</summary>
internal static class LostDecrement
{
    private const string Source = """
            int g = 2;              /* two children; main has just waited for one of them */

            void handler(int signo) {
        H1      wait(NULL); g--;    /* one step */
            }

            int main(void) {        /* g--; as the compiler has it */
        M1      tmp = g;
        M2      tmp = tmp - 1;
        M3      g = tmp;
            }
        """;

    public static void Define(Model model)
    {
        model.Source(Source);
        var g = model.Share("g", 2);
        var main = model.Process("main", os => Run(model, os, g));
        model.Outcome(() => g.Value == main.Running ? "g counts the children" : "a decrement is lost");
    }

    private static IEnumerator<Step> Run(Model model, Process os, Shared<int> g)
    {
        var tmp = 0;
        model.Show("tmp", () => $"{tmp}");
        os.Handle(Signal.Child, () => Handler(os, g));
        os.Fork();
        yield return At("M1");
        tmp = g.Value;
        yield return At("M2");
        tmp--;
        yield return At("M3");
        g.Value = tmp;
    }

    private static IEnumerator<Step> Handler(Process os, Shared<int> g)
    {
        yield return At("H1");
        if (os.WaitWithoutHanging(new WaitStatus()))
            g.Value--;
    }
}
