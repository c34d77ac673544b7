namespace Coroutines;

/// <summary>Something that stands for a failure.</summary>
internal interface IFailure
{
    /// <summary>What was thrown.</summary>
    Exception Thrown { get; }
}
