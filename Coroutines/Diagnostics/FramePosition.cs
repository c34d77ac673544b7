namespace Coroutines.Diagnostics;

/// <summary>Where a frame is between its beginning and its end.</summary>
public enum FramePosition : byte
{
    /// <summary>It can't be told: the iterator wasn't made by the compiler, or natively.</summary>
    Unknown,

    /// <summary>Its first statement hasn't run.</summary>
    NotStarted,

    /// <summary>It stands at a <c>yield return</c>: waiting, or for the child that it called.</summary>
    Suspended,

    /// <summary>It runs right now.</summary>
    Running,

    /// <summary>It has run to its end, or was disposed of.</summary>
    Ended,
}
