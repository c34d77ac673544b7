namespace Coroutines;

/// <summary>A result that is kept in a place of its own, and so needn't be boxed.</summary>
internal interface IResult
{
    /// <summary>The result, boxed.</summary>
    object? Boxed { get; }
}
