namespace Server.Host.Debugger;

/// <summary>What was asked for beside <c>--debugger</c>.</summary>
/// <param name="Port">Where the page is served; 0 lets the system choose.</param>
/// <param name="StartsPaused">Whether the server stands still before its first accept, and stays so without a page.</param>
internal sealed record DebuggerOptions(int Port, bool StartsPaused)
{
    public const int DefaultPort = 30_001;
}
