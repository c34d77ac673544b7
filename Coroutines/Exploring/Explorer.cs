namespace Coroutines.Exploring;

/// <summary>Takes a model through every interleaving of its steps: each order in which its threads, handlers and children can
/// move is run, none is left out, and none is merged with another.</summary>
/// <remarks>An iterator can't be copied at a choice. So each interleaving runs from the beginning, by the sequence of choices
/// that the last one made, of which the last that can be is made otherwise (a stateless search, depth first).</remarks>
public static class Explorer
{
    /// <summary>Explores a model.</summary>
    /// <param name="define">Defines it; called once for each interleaving.</param>
    /// <param name="limits">How far to go. By default 100,000 interleavings of 1,000 steps.</param>
    /// <exception cref="ExplorationException">The model is larger than the limits, or isn't the same each time.</exception>
    /// <exception cref="InterleavingException">The model threw; the message shows after which steps.</exception>
    public static Exploration Run(Action<Model> define, ExplorationLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(define);
        limits ??= new ExplorationLimits();
        var (schedule, tally) = (new Schedule(), new OutcomeTally());
        do
        {
            if (tally.Count == limits.Interleavings)
                throw new ExplorationException(
                    $"A model may have {limits.Interleavings} interleavings, but this one has more: make it smaller, or set {nameof(ExplorationLimits)}.{nameof(ExplorationLimits.Interleavings)}."
                );
            tally.Add(PartsOf(define, schedule, limits.Steps), schedule);
        } while (schedule.MoveToNext());
        return new Exploration(tally.Outcomes(witnessed => WitnessOf(define, witnessed, limits.Steps)));
    }

    private static string[] PartsOf(Action<Model> define, Schedule schedule, int maxSteps)
    {
        schedule.Rewind();
        try
        {
            return new Execution(define, maxSteps).Run(schedule);
        }
        catch (Exception thrown) when (thrown is not ExplorationException)
        {
            throw Explain(thrown, define, schedule, maxSteps);
        }
    }

    private static Witness WitnessOf(Action<Model> define, Schedule schedule, int maxSteps)
    {
        schedule.Rewind();
        var execution = new Execution(define, maxSteps);
        execution.Run(schedule, Recording.On);
        return new Witness(execution.Steps, execution.Listing);
    }

    private static InterleavingException Explain(
        Exception thrown,
        Action<Model> define,
        Schedule schedule,
        int maxSteps
    )
    {
        schedule.Rewind();
        var execution = new Execution(define, maxSteps);
        try
        {
            execution.Run(schedule, Recording.On);
        }
        catch (Exception again)
        {
            var steps = new Witness(execution.Steps, execution.Listing);
            return new InterleavingException(
                $"The model threw: {again.Message} The step after these did:\n\n{steps}",
                again
            );
        }
        throw new ExplorationException($"A model must be the same each time, but only once it threw: {thrown.Message}");
    }
}
