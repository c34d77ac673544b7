namespace Coroutines.Exploring;

/// <summary>One run of a model, by a schedule.</summary>
internal sealed class Execution(Action<Model> define, int maxSteps)
{
    private readonly Model model = new();

    /// <summary>The steps that were taken, if they are recorded.</summary>
    public List<WitnessStep> Steps { get; } = [];

    public Listing Listing => model.Listing;

    /// <summary>Runs it to its end.</summary>
    /// <returns>What went wrong, or the orderly outcome.</returns>
    /// <exception cref="ExplorationException">It takes too many steps.</exception>
    public string[] Run(Schedule schedule, Recording recording = Recording.Off)
    {
        try
        {
            define(model);
            model.Settle();
            while (!model.HasEnded && model.Movable is { Count: > 0 } movable)
                Take(movable[Choose(schedule, movable.Count)], recording);
            return model.Parts();
        }
        finally
        {
            model.Abandon();
        }
    }

    private int Choose(Schedule schedule, int count) =>
        schedule.Length < maxSteps
            ? schedule.Choose(count)
            : throw new ExplorationException(
                $"A run must end within {maxSteps} steps, but one did not: a loop may go on for ever."
            );

    private void Take(IActor actor, Recording recording)
    {
        var (who, step) = (actor.Name, actor.Next);
        actor.Move();
        model.Settle();
        if (recording == Recording.On)
            Steps.Add(new(Steps.Count + 1, who, step, model.Listing.CodeOf(step.Label), model.Values()));
    }
}
