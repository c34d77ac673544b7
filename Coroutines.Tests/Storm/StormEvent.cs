namespace Coroutines.Tests.Storm;

/// <summary>Something that happened in a storm.</summary>
/// <param name="Ticks">When, on the scheduler's clock.</param>
/// <param name="What">What, in a word.</param>
/// <param name="Coroutine">The number of the coroutine; 0 if it was none.</param>
/// <param name="Detail">More about it: a wait's kind, an end's state, a frame's number.</param>
internal readonly record struct StormEvent(long Ticks, string What, int Coroutine, int Detail);
