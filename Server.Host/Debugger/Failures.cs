using System.Diagnostics;
using Coroutines;
using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>The coroutines that have failed last. What has failed is unwound already, so its frames are noted before each
/// resume that somebody looks at. Belongs to the thread of what is studied.</summary>
internal sealed class Failures
{
    private const int Capacity = 5;

    private readonly Queue<FailedCoroutine> failed = new();
    private int resumedId;
    private IReadOnlyList<CoroutineFrame> resumedFrames = [];

    /// <summary>A coroutine is about to be resumed.</summary>
    public void Resuming(Coroutine coroutine) => (resumedId, resumedFrames) = (coroutine.Id, coroutine.Frames());

    /// <summary>A coroutine has ended.</summary>
    public void Ended(Coroutine coroutine)
    {
        if (coroutine.Failure is not { } failure)
            return;
        if (failed.Count == Capacity)
            failed.Dequeue();
        var frames = coroutine.Id == resumedId ? resumedFrames : [];
        failed.Enqueue(
            new(coroutine.Id, coroutine.Name, $"{failure.GetType().Name}: {failure.Message}", LineOf(failure), frames)
        );
    }

    public IReadOnlyList<FailedCoroutine> Copy() => [.. failed];

    // The innermost line that is known; a trace reads the PDBs, which takes a while, and happens rarely.
    private static string? LineOf(Exception failure) =>
        new StackTrace(failure, fNeedFileInfo: true)
            .GetFrames()
            .Where(frame => frame.GetFileLineNumber() > 0)
            .Select(frame => $"{Path.GetFileName(frame.GetFileName())}:{frame.GetFileLineNumber()}")
            .FirstOrDefault();
}
