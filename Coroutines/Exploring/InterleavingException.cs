namespace Coroutines.Exploring;

/// <summary>An interleaving does what was said not to happen. The message shows it step by step.</summary>
public sealed class InterleavingException : Exception
{
    internal InterleavingException(string message, Exception? cause = null)
        : base(message, cause) { }
}
