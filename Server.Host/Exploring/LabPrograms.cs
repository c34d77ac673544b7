using Coroutines.Exploring;

namespace Server.Host.Exploring;

/// <summary>All programs of the lecture.</summary>
internal static class LabPrograms
{
    private static readonly ServerSize OneAtATime = new(Max: 1, Clients: 3);

    private static readonly KernelRules Linux = KernelRules.Linux;
    private static readonly KernelRules Sleeping = Linux with { WaitSleepsWithoutChildren = true };
    private static readonly KernelRules Posix = Linux with { ReapingClearsPending = true };
    private static readonly KernelRules Lucky = Linux with { FailureLooksLikeExit = false };

    public static IReadOnlyList<LabProgram> All { get; } =
    [
        Fixed("two-threads", "n++ by two threads", TwoThreads.Define),
        Fixed("two-threads-locked", "the same within a lock", TwoThreads.DefineLocked),
        Fixed("lost-decrement", "g-- in main, and in a handler that comes between", LostDecrement.Define),
        Sized(
            "check-then-wait",
            "a limit is checked, then wait is called; the handler waits as well",
            (model, size) => CheckThenWait.Define(model, size, Linux)
        ),
        Sized(
            "check-then-wait-sleeping",
            "the same, if wait slept for ever without a child",
            (model, size) => CheckThenWait.Define(model, size, Sleeping)
        ),
        Sized(
            "check-then-wait-counting",
            "the same on Linux, the loop counts down as well",
            (model, size) => CheckThenWait.DefineDecrementing(model, size, Linux)
        ),
        Sized(
            "sigprocmask",
            "the repair: SIGCHLD is blocked wherever g is used",
            (model, size) => Sigprocmask.Define(model, size, Linux)
        ),
        Sized(
            "sigprocmask-posix",
            "the same, where reaping clears the pending signal, as POSIX says",
            (model, size) => Sigprocmask.Define(model, size, Posix)
        ),
        Sized(
            "sigprocmask-lucky",
            "the same, if the status after a failed wait never looks like an exit",
            (model, size) => Sigprocmask.Define(model, size, Lucky)
        ),
        Sized("sigsuspend", "the right form: waitpid in the handler alone, sigsuspend", Sigsuspend.Define),
        Fixed("leaked-descriptor", "the parent keeps its copy of a child's client", InheritedDescriptor.Define),
        Fixed("closed-descriptor", "the parent closes its copy", InheritedDescriptor.DefineClosing),
        Fixed("interrupted-accept", "SIGCHLD comes while accept sleeps (EINTR)", InterruptedAccept.Define),
        Fixed("retried-accept", "the same, in a loop that accepts again", InterruptedAccept.DefineRetrying),
        Fixed("unsafe-handler", "a handler takes the lock that main may hold", HandlerWithLock.Define),
        Fixed("safe-handler", "a handler calls write instead", HandlerWithLock.DefineSafe),
    ];

    private static LabProgram Fixed(string name, string summary, Action<Model> define) =>
        new(name, summary, null, (model, _) => define(model));

    private static LabProgram Sized(string name, string summary, Action<Model, ServerSize> define) =>
        new(name, summary, OneAtATime, define);
}
