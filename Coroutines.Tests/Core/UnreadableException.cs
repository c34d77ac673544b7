namespace Coroutines.Tests.Core;

/// <summary>A failure whose message can't be read.</summary>
internal sealed class UnreadableException : Exception
{
    public override string Message => throw new NotSupportedException("It has none.");
}
