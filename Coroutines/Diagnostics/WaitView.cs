using System.Diagnostics;

namespace Coroutines.Diagnostics;

/// <summary>What a debugger shows of a wait, which packs two of these into one word.</summary>
[DebuggerNonUserCode]
internal sealed class WaitView(Wait wait)
{
    public WaitKind Kind => wait.Kind;

    public object? On => wait.Subject;

    public Deadline Until => wait.Until;
}
