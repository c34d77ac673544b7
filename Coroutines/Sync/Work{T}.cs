namespace Coroutines.Sync;

/// <inheritdoc/>
/// <typeparam name="T">What its result is.</typeparam>
public sealed class Work<T> : Work
{
    private readonly Func<T> work;

    internal Work(Workers workers, Scheduler scheduler, Func<T> work, string? name)
        : base(workers, scheduler, name) => this.work = work;

    private protected override object? Do() => work();
}
