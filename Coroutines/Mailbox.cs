using System.Collections.Concurrent;

namespace Coroutines;

/// <summary>What other threads have for a scheduler to do, and who said that more will come.</summary>
internal sealed class Mailbox
{
    private readonly ConcurrentQueue<Action> posted = new();
    private int expected;

    /// <summary>Whether there is nothing to do at the moment.</summary>
    public bool IsEmpty => posted.IsEmpty;

    /// <summary>Whether nothing is there and nothing will come.</summary>
    /// <remarks>In this order: who posts and then ceases to be expected has posted when the number is seen to be zero.
    /// </remarks>
    public bool IsClosed => Volatile.Read(ref expected) == 0 && posted.IsEmpty;

    /// <summary>Called on any thread.</summary>
    public void Post(Action action) => posted.Enqueue(action);

    /// <summary>Somebody will post. Called on any thread.</summary>
    public void Expect() => Interlocked.Increment(ref expected);

    /// <summary>Somebody won't post any more. Called on any thread.</summary>
    public void Unexpect() => Interlocked.Decrement(ref expected);

    /// <summary>Runs what was posted until now, and not what that posts.</summary>
    public void Run(FailureReport failures)
    {
        for (var count = posted.Count; count > 0 && posted.TryDequeue(out var action); count--)
        {
            try
            {
                action();
            }
            catch (Exception thrown)
            {
                failures.Add(thrown);
            }
        }
    }
}
