namespace Coroutines;

/// <summary>Who resumes coroutines: a scheduler, or a driver that runs one alone.</summary>
internal interface IRunner
{
    /// <summary>The time at which the turn began.</summary>
    Deadline Now { get; }

    /// <summary>Takes a new coroutine in, to be run from the next turn on.</summary>
    Coroutine Adopt(Scope home, IEnumerator<Wait> body, string? name);

    /// <summary>A scope was opened: its deadline is to be watched.</summary>
    void Opened(Scope scope);

    /// <summary>A scope has ended: its deadline isn't to be watched any more.</summary>
    void Closed(Scope scope);

    /// <summary>The last coroutine of a scope has ended.</summary>
    void Emptied(Scope scope);

    /// <summary>The deadline of what a coroutine waits for was reached.</summary>
    void Expire(Coroutine coroutine);

    /// <summary>A coroutine is about to be unwound: whatever it waits for must forget it.</summary>
    void Withdraw(Coroutine coroutine);

    /// <summary>A coroutine was unwound down to a caller that is to go on.</summary>
    void Wake(Coroutine coroutine, WakeupReason reason);

    /// <summary>A coroutine has ended.</summary>
    void Ended(Coroutine coroutine);
}
