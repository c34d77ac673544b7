namespace Coroutines;

/// <inheritdoc/>
internal interface IResult<T> : IResult
{
    /// <summary>The result.</summary>
    T Value { get; }
}
