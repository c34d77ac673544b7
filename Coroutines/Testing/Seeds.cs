namespace Coroutines.Testing;

/// <summary>Runs a scenario in many orders, one for each seed (<see cref="Simulation.Seed"/>).</summary>
/// <remarks>A scenario that holds in one order only, holds by luck: which of two coroutines that are ready runs first, and
/// which of two ready sockets is told first, is nobody's promise.</remarks>
public static class Seeds
{
    /// <summary>Runs a scenario once for each of several seeds, each time in a simulation of its own.</summary>
    /// <param name="count">How many seeds: 1 or more.</param>
    /// <param name="scenario">The scenario. The simulation is disposed after it.</param>
    /// <param name="first">The first seed; the others follow it. Default 1, so that each run of the test takes the same
    /// ones; with <c>Random.Shared.Next()</c> each run takes others.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scenario"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="SeedFailedException">The scenario failed with one of them, which ended the run. The message tells
    /// how to run that one again.</exception>
    public static void Run(int count, Action<Simulation> scenario, int first = 1)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        for (var i = 0; i < count; i++)
            RunOne(unchecked(first + i), scenario, passedBefore: i);
    }

    /// <summary>Runs a scenario with one seed: the one that <see cref="SeedFailedException"/> told.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="scenario">The scenario. The simulation is disposed after it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scenario"/> is null.</exception>
    /// <exception cref="SeedFailedException">The scenario failed.</exception>
    public static void Replay(int seed, Action<Simulation> scenario) => Run(1, scenario, seed);

    private static void RunOne(int seed, Action<Simulation> scenario, int passedBefore)
    {
        var simulation = new Simulation { Seed = seed };
        var failure = FailureOf(() => scenario(simulation));
        var failureAtTheEnd = FailureOf(simulation.Dispose); // if both failed, this one came of the other
        if ((failure ?? failureAtTheEnd) is { } first)
            throw new SeedFailedException(seed, passedBefore, first);
    }

    private static Exception? FailureOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
