using System.Diagnostics;

namespace Coroutines.Diagnostics;

/// <summary>What a debugger shows of a frame: its variables.</summary>
[DebuggerNonUserCode]
internal sealed class FrameView(CoroutineFrame frame)
{
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public Variable[] Variables => [.. frame.Variables];
}
