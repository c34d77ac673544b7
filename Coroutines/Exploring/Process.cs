using System.Globalization;

namespace Coroutines.Exploring;

/// <summary>A process of a model, with one thread: its children, its signals, its descriptors.</summary>
/// <remarks>Methods that return an iterator are called by <see cref="Step.Call"/>, and yield their steps themselves. The
/// others are system calls that never sleep: yield a step before each.</remarks>
public sealed class Process
{
    private readonly SignalState signals = new();
    private readonly IdenticalChildren identical;
    private readonly Model model;
    private readonly SimulatedThread thread;
    private readonly KernelRules rules;
    private int others;

    internal Process(Model model, SimulatedThread thread, KernelRules rules, DescriptorTable descriptors)
    {
        (this.model, this.thread, this.rules, Descriptors) = (model, thread, rules, descriptors);
        identical = new IdenticalChildren(this);
    }

    /// <summary>The children that haven't ended.</summary>
    public int Running => identical.Count + others;

    /// <summary>The children that have ended, and weren't waited for.</summary>
    public int Zombies { get; private set; }

    /// <summary>Its open files.</summary>
    public DescriptorTable Descriptors { get; }

    /// <summary>Whether it is asleep within a handler of its own: nothing else of it runs.</summary>
    public bool SleepsInHandler => thread.SleepsInHandler;

    internal IActor Children => identical;

    private bool HasChildren => Running + Zombies > 0;

    /// <summary>Sets the handler of a signal. Each <see cref="Step"/> that it yields is a step of its own; it is blocked
    /// against itself while it runs, and the mask of before is restored at its end.</summary>
    public void Handle(Signal signal, Func<IEnumerator<Step>> handler)
    {
        signals.Handle(signal, handler);
        model.Show(NameOf(signal), () => signals.Describe(signal));
    }

    /// <summary>Blocks signals: they stay pending.</summary>
    public void Block(Signal set) => signals.Blocked |= set;

    /// <summary>Unblocks signals: one that is pending is delivered at once.</summary>
    public void Unblock(Signal set) => signals.Blocked &= ~set;

    /// <summary>Sends it a signal. One that is pending already is not counted twice; one without a handler is ignored.
    /// </summary>
    public void Raise(Signal signal) => signals.Raise(signal);

    /// <summary>Forks a child that does nothing but exit, some time.</summary>
    public void Fork()
    {
        ShowChildren();
        identical.Count++;
    }

    /// <summary>Forks a child with code of its own, which inherits copies of the descriptors. At its end they are closed.
    /// </summary>
    /// <param name="name">The child's name in witnesses.</param>
    /// <param name="body">What the child does.</param>
    public void Fork(string name, Func<Process, IEnumerator<Step>> body)
    {
        others++;
        model.Fork(
            name,
            rules,
            Descriptors.Copy(),
            body,
            () =>
            {
                others--;
                ChildHasEnded();
            }
        );
    }

    /// <summary><c>wait(&amp;status)</c>. Three steps: the call, the kernel's reaping (for which it sleeps until there is a
    /// zombie), the return; what the caller does next belongs to the last. Two, if it fails at once.</summary>
    /// <param name="label">The label of a line of the source, or what is waited for.</param>
    /// <param name="status">Where the result is left.</param>
    public IEnumerator<Step> Wait(string label, WaitStatus status)
    {
        yield return Step.At(label, "call", 0);
        var result = WaitResult.NoChild;
        if (HasChildren || rules.WaitSleepsWithoutChildren)
        {
            yield return Step.Sleep(label, "reap", () => Zombies > 0, "a child to exit");
            result = Zombies > 0 ? Reap() : WaitResult.Interrupted;
        }
        yield return Step.At(label, "return", 0);
        Leave(status, result);
    }

    /// <summary><c>waitpid(-1, &amp;status, WNOHANG)</c>, which never sleeps.</summary>
    /// <param name="status">Where the result is left.</param>
    /// <returns>Whether a zombie was reaped: the C function returned more than 0.</returns>
    public bool WaitWithoutHanging(WaitStatus status)
    {
        var result =
            Zombies > 0 ? Reap()
            : HasChildren ? WaitResult.NoneEnded
            : WaitResult.NoChild;
        Leave(status, result);
        return result == WaitResult.Reaped;
    }

    /// <summary><c>sigsuspend(&amp;mask)</c>. Two steps: it takes the mask and sleeps, atomically, until a signal comes
    /// through; after the handler, with the mask of before, it returns.</summary>
    /// <remarks>If what it waits for isn't blocked before, a signal that comes just before the call is handled and missed:
    /// the call is then a step of its own. If it is, call and sleep can't be told apart.</remarks>
    /// <param name="label">The label of a line of the source, or what is waited for.</param>
    /// <param name="mask">What is blocked meanwhile.</param>
    public IEnumerator<Step> Suspend(string label, Signal mask = Signal.None)
    {
        if (signals.CanMiss)
        {
            yield return Step.At(label, "call", 0);
            signals.MaskUntilHandled(mask);
        }
        yield return Step.Sleep(label, "sleep", () => signals.CanDeliverUnder(mask), "a signal");
        if (signals.CanDeliverUnder(mask))
            signals.MaskUntilHandled(mask);
        yield return Step.At(label, "return", 0);
    }

    /// <summary><c>accept</c>. Two steps: the call, and the return with a connection, for which it sleeps; a signal that is
    /// handled meanwhile ends it with EINTR.</summary>
    /// <param name="label">The label of a line of the source, or what is waited for.</param>
    /// <param name="backlog">Where clients queue.</param>
    /// <param name="result">Where the result is left.</param>
    public IEnumerator<Step> Accept(string label, Backlog backlog, AcceptedClient result)
    {
        yield return Step.At(label, "call", 0);
        yield return Step.Sleep(label, "take", () => backlog.Count > 0, "a client");
        result.Descriptor = backlog.Count > 0 ? Descriptors.Open(backlog.Take()) : AcceptedClient.Interrupted;
        yield return Step.At(label, "return", 0);
    }

    internal static string NameOf(Signal signal) => signal == Signal.Child ? "SIGCHLD" : "SIGALRM";

    internal void ChildHasEnded()
    {
        Zombies++;
        signals.Raise(Signal.Child);
    }

    /// <summary>Delivers a signal, if there is one. One that comes during a system call waits for its end: a call that can
    /// end does, another is interrupted.</summary>
    internal bool Deliver()
    {
        if (thread.HasEnded || !signals.CanDeliver)
            return false;
        if (thread.Next.IsSleep)
        {
            if (thread.CanMove)
                return false;
            thread.Move();
        }
        var (handler, ended) = signals.Deliver();
        thread.Interrupt("handler", handler, ended);
        return true;
    }

    private WaitResult Reap()
    {
        Zombies--;
        if (rules.ReapingClearsPending && Zombies == 0 && signals.Blocked.HasFlag(Signal.Child))
            signals.Forget(Signal.Child);
        return WaitResult.Reaped;
    }

    private void Leave(WaitStatus status, WaitResult result) =>
        (status.Result, status.LooksLikeExit) = (
            result,
            result == WaitResult.Reaped || (result != WaitResult.NoneEnded && rules.FailureLooksLikeExit)
        );

    private void ShowChildren()
    {
        model.Show("running", () => Running.ToString(CultureInfo.InvariantCulture));
        model.Show("zombies", () => Zombies.ToString(CultureInfo.InvariantCulture));
    }
}
