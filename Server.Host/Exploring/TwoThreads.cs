using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Server.Host.Exploring;

/// <summary>Two threads and one counter, with and without a lock.</summary>
internal static class TwoThreads
{
    private const string Source = """
            int n = 0;

            void *count(void *unused) {     /* n++; as the compiler has it; run by A and by B */
        C1      tmp = n;
        C2      tmp = tmp + 1;
        C3      n = tmp;
            }
        """;

    private const string LockedSource = """
            int n = 0;

            void *count(void *unused) {     /* run by A and by B */
        C1      pthread_mutex_lock(&lock);
        C2      tmp = n;
        C3      tmp = tmp + 1;
        C4      n = tmp;
        C5      pthread_mutex_unlock(&lock);
            }
        """;

    public static void Define(Model model)
    {
        model.Source(Source);
        var n = model.Share("n", 0);
        model.Thread("A", () => Count(model, "tmp of A", n));
        model.Thread("B", () => Count(model, "tmp of B", n));
        model.Outcome(() => $"n = {n.Value}");
    }

    public static void DefineLocked(Model model)
    {
        model.Source(LockedSource);
        var n = model.Share("n", 0);
        var mutex = model.Lock("lock");
        model.Thread("A", () => CountLocked(model, "tmp of A", n, mutex));
        model.Thread("B", () => CountLocked(model, "tmp of B", n, mutex));
        model.Outcome(() => $"n = {n.Value}");
    }

    private static IEnumerator<Step> Count(Model model, string register, Shared<int> n)
    {
        var tmp = 0;
        model.Show(register, () => $"{tmp}");
        yield return At("C1");
        tmp = n.Value;
        yield return At("C2");
        tmp++;
        yield return At("C3");
        n.Value = tmp;
    }

    private static IEnumerator<Step> CountLocked(Model model, string register, Shared<int> n, SharedLock mutex)
    {
        var tmp = 0;
        model.Show(register, () => $"{tmp}");
        yield return Call(mutex.Take("C1"));
        yield return At("C2");
        tmp = n.Value;
        yield return At("C3");
        tmp++;
        yield return At("C4");
        n.Value = tmp;
        yield return At("C5");
        mutex.Free();
    }
}
