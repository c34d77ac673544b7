namespace Coroutines.Tests.Storm;

/// <summary>A failure that a storm wanted.</summary>
internal sealed class StormFailure() : Exception("It was to fail.");
