namespace Coroutines.Tests.Storm;

/// <summary>Deadlines and timeouts, drawn by lot.</summary>
internal sealed class StormTimes(Random choices)
{
    /// <summary>Mostly none.</summary>
    public Deadline ChooseDeadline() =>
        choices.Next(4) switch
        {
            0 => ChooseTimeout(),
            1 => Deadline.In(ChooseTimeout()),
            _ => Deadline.None,
        };

    /// <summary>Zero, less than a millisecond, and so long that it lies in a higher wheel.</summary>
    public TimeSpan ChooseTimeout() =>
        choices.Next(5) switch
        {
            0 => TimeSpan.Zero,
            1 => TimeSpan.FromMicroseconds(choices.Next(1, 2_000)),
            2 => TimeSpan.FromSeconds(choices.Next(1, 100)),
            _ => TimeSpan.FromMilliseconds(choices.Next(1, 50)),
        };
}
