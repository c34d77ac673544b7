namespace Server.Host.Debugger;

/// <summary>What was asked for beside <c>--debugger</c>.</summary>
/// <param name="Port">Where the page is served; 0 lets the system choose.</param>
/// <param name="StartsPaused">Whether the server stands still before its first accept, and stays so without a page.</param>
internal sealed record DebuggerOptions(int Port, bool StartsPaused)
{
    public const int DefaultPort = 30_001;

    // The echo server's own is 30001.
    public const int DefaultPortOfEcho = 30_002;

    /// <summary>How far the server goes before it is told anything.</summary>
    public StepMode FirstMode => StartsPaused ? StepMode.Paused : StepMode.Running;
}
