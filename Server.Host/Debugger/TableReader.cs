using Coroutines;

namespace Server.Host.Debugger;

/// <summary>Looks at a model whose clients are run by the kernel, as processes or threads: it can't be stepped, and is read
/// whenever a page asks.</summary>
/// <param name="read">Reads its tables.</param>
internal sealed class TableReader(Func<ModelTables> read) : IStepper
{
    private long looks;

    public event Action? Glanced;

    public Brake Brake { get; } = new(new PausableClock(TimeProvider.System), () => { }, StepMode.Running);

    public SnapshotRing Snapshots { get; } = new();

    public Breakpoints Breakpoints { get; } = new();

    public Abilities Abilities => Abilities.None;

    public void Go(StepMode next, int steps = 1) =>
        throw new InvalidOperationException("What the kernel runs can't be stepped.");

    public void Post(Action action) => throw new InvalidOperationException("What the kernel runs has no turns.");

    // The tables of the kernel don't tell that something has changed: what was written before is compared.
    public void Glance()
    {
        var tables = read();
        if (Snapshots.Last?.Tables is { } before && TextOf(before) == TextOf(tables))
            return;
        looks++;
        Snapshots.Add(number => new(number, looks, Phase.ByKernel) { Tables = tables });
        Glanced?.Invoke();
    }

    public void Dispose() => Brake.Dispose();

    private static string TextOf(ModelTables tables) =>
        string.Join(
            '\n',
            tables
                .Processes.Select(row => $"{row.Id} {row.State} {string.Join(' ', row.Sockets)}")
                .Concat(tables.Threads.Select(row => row.ToString()))
        );
}
