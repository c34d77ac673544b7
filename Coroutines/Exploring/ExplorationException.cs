namespace Coroutines.Exploring;

/// <summary>A model can't be explored: it is too large, never ends, or isn't the same each time.</summary>
public sealed class ExplorationException(string message) : Exception(message);
