using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>A coroutine that has failed: what it failed with, and where it stood when it was resumed last.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Failure">The exception's type and message.</param>
/// <param name="At">The line that has thrown, as far as the exception tells; null if it doesn't.</param>
/// <param name="Frames">Its frames as they were before its last resume.</param>
internal sealed record FailedCoroutine(
    int Id,
    string Name,
    string Failure,
    string? At,
    IReadOnlyList<CoroutineFrame> Frames
);
