namespace Coroutines.Exploring;

/// <summary>A sequence of choices: who moves, at each step. It is followed as far as it goes, and continued with the first
/// of whoever can move. Depth first, <see cref="MoveToNext"/> goes from each to the next.</summary>
internal sealed class Schedule
{
    private readonly List<(int Chosen, int Of)> choices = [];
    private int position;

    /// <summary>How many steps were taken.</summary>
    public int Length => position;

    /// <summary>Begins to follow it anew.</summary>
    public void Rewind() => position = 0;

    /// <summary>Chooses one of several.</summary>
    /// <exception cref="ExplorationException">The last time there were more, or fewer, at this point.</exception>
    public int Choose(int count)
    {
        if (position == choices.Count)
            choices.Add((0, count));
        var (chosen, of) = choices[position++];
        if (of != count)
            throw new ExplorationException(
                $"A model must be the same each time, but after {position - 1} steps {count} could move, and before {of}: it depends on chance, on time, or on what an earlier run has left."
            );
        return chosen;
    }

    /// <summary>Goes to the next. False: there is none.</summary>
    public bool MoveToNext()
    {
        while (choices is [.., var (chosen, of)])
        {
            choices.RemoveAt(choices.Count - 1);
            if (chosen + 1 < of)
            {
                choices.Add((chosen + 1, of));
                return true;
            }
        }
        return false;
    }

    public Schedule Copy()
    {
        var copy = new Schedule();
        copy.choices.AddRange(choices);
        return copy;
    }
}
