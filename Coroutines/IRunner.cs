namespace Coroutines;

/// <summary>Who resumes coroutines: a scheduler, or a driver that runs one alone.</summary>
internal interface IRunner
{
    /// <summary>The time at which the turn began.</summary>
    Deadline Now { get; }

    /// <summary>Takes a new coroutine in, to be run from the next turn on.</summary>
    Coroutine Adopt(Scope home, IEnumerator<Wait> body, string? name);

    /// <summary>Has a waiter stand where it will be woken, unless it needn't wait.</summary>
    /// <inheritdoc cref="IAwaited.Enlist"/>
    IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome);

    /// <summary>Has a deadline watched. One that has passed already expires here and now.</summary>
    /// <returns>The timer; 0 if there is none to be watched.</returns>
    int Arm(Deadline until, ITimed owner);

    /// <summary>A deadline isn't to be watched any more.</summary>
    /// <param name="timer">A timer that isn't spent; or 0, for none.</param>
    void Disarm(int timer);

    /// <summary>The deadline of what a coroutine waits for was reached.</summary>
    void Expire(Coroutine coroutine);

    /// <summary>A coroutine is about to be unwound: whatever it waits for must forget it, and what it was granted goes to
    /// the next.</summary>
    void Withdraw(Coroutine coroutine);

    /// <summary>A coroutine is to go on: what it waits for has come, or it was unwound down to a caller.</summary>
    void Wake(Coroutine coroutine, WakeupReason reason);

    /// <summary>A coroutine has ended.</summary>
    void Ended(Coroutine coroutine);

    /// <summary>Refuses what is done on another thread than the one that runs a turn.</summary>
    /// <param name="call">What is done.</param>
    /// <param name="subject">To what.</param>
    /// <exception cref="InvalidOperationException">It is another thread.</exception>
    void VerifyThread(string call, object? subject);
}
