using System.Diagnostics;

namespace Coroutines.Diagnostics;

/// <summary>What a debugger shows of a coroutine.</summary>
[DebuggerNonUserCode]
internal sealed class CoroutineView(Coroutine coroutine)
{
    /// <summary>The innermost first: each with its line and its variables.</summary>
    public CoroutineFrame[] Frames => [.. coroutine.Frames()];

    public CoroutineState State => coroutine.State;

    public WaitKind? WaitsFor => State == CoroutineState.Suspended ? coroutine.WaitingFor : null;

    public object? WaitsOn => State == CoroutineState.Suspended ? coroutine.Subject : null;

    public Coroutine? Parent => coroutine.Home.Opener;

    public object? Result => coroutine.Result;

    public Exception? Failure => coroutine.Failure;
}
