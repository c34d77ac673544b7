using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Coroutines.Tests.Docs;

#pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'

/// <summary>Models of one's own.</summary>
public sealed class ExploringSamples
{
    [Test]
    public void Two_threads_lose_an_update()
    {
        // sample: explore
        var exploration = Explorer.Run(model =>
        {
            var n = model.Share("n", 0);
            model.Thread("A", () => Increment(model, "tmp of A", n));
            model.Thread("B", () => Increment(model, "tmp of B", n));
            model.Outcome(() => $"n = {n.Value}");
        });
        // end sample

        // sample: explore-outcomes
        exploration.Count.ShouldBe(20);
        exploration["n = 1"].Count.ShouldBe(18);
        exploration["n = 2"].Witness.Steps.Count.ShouldBe(6);
        Console.WriteLine(exploration["n = 1"].Witness);
        // end sample
    }

    [Test]
    public void A_lock_loses_none()
    {
        // sample: explore-lock
        var exploration = Explorer.Run(model =>
        {
            var n = model.Share("n", 0);
            var mutex = model.Lock("mutex");
            model.Thread("A", () => IncrementLocked(n, mutex));
            model.Thread("B", () => IncrementLocked(n, mutex));
            model.Outcome(() => $"n = {n.Value}");
        });

        exploration.ShouldAlways("n = 2");
        // end sample
    }

    [Test]
    public void A_handler_reaps_what_the_loop_forks()
    {
        // sample: explore-process
        var exploration = Explorer.Run(model =>
        {
            var children = model.Share("children", 0);
            model.Process("main", os => ForkOne(os, children));
            model.Never("children = -1", () => children.Value == -1);
        });

        exploration.ShouldAlways("clean");
        // end sample
        exploration.Count.ShouldBe(2);
    }

    // sample: explore-step
    static IEnumerator<Step> Increment(Model model, string register, Shared<int> n)
    {
        var tmp = 0;
        model.Show(register, () => $"{tmp}");
        yield return At("tmp = n");
        tmp = n.Value;
        yield return At("tmp = tmp + 1");
        tmp++;
        yield return At("n = tmp");
        n.Value = tmp;
    }

    // end sample

    // sample: explore-lock
    static IEnumerator<Step> IncrementLocked(Shared<int> n, SharedLock mutex)
    {
        yield return Call(mutex.Take("lock"));
        yield return At("tmp = n");
        var tmp = n.Value;
        yield return At("n = tmp + 1");
        n.Value = tmp + 1;
        yield return At("unlock");
        mutex.Free();
    }

    // end sample

    // sample: explore-process
    static IEnumerator<Step> ForkOne(Process os, Shared<int> children)
    {
        os.Handle(Signal.Child, () => Reap(os, children));
        yield return At("block");
        os.Block(Signal.Child);
        yield return At("fork");
        os.Fork();
        yield return At("children++");
        children.Value++;
        yield return Call(os.Suspend("sigsuspend"));
    }

    static IEnumerator<Step> Reap(Process os, Shared<int> children)
    {
        var status = new WaitStatus();
        yield return At("while (waitpid(-1, &status, WNOHANG) > 0) children--");
        while (os.WaitWithoutHanging(status))
            children.Value--;
    }

    // end sample
}
