namespace Coroutines.Testing;

/// <summary>What a test said ought to be so isn't. The message tells what is.</summary>
public sealed class AssertionFailedException : Exception
{
    internal AssertionFailedException(string message)
        : base(message) { }
}
