namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Something isn't there that is needed; the message says how to get it.</summary>
internal sealed class MissingException(string message) : Exception(message);
