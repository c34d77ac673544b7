namespace Coroutines;

/// <summary>Who is told that what it waits for has come: a coroutine, one of the waits of a <see cref="Wait.Any(ReadOnlySpan{Wait})"/>,
/// or somebody outside.</summary>
internal interface IWaiter
{
    /// <summary>On whose behalf it waits; null if that is no coroutine.</summary>
    Coroutine? Coroutine { get; }

    /// <summary>What it waits for has come. It stands nowhere any more.</summary>
    void Wake(in Outcome outcome);
}
