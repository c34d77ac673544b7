namespace Coroutines.Exploring;

/// <summary>Counts interleavings by their outcome, and keeps the shortest schedule of each.</summary>
internal sealed class OutcomeTally
{
    private readonly Dictionary<string, Entry> entries = [];

    public int Count { get; private set; }

    public void Add(string[] parts, Schedule schedule)
    {
        Count++;
        var name = string.Join("; ", parts);
        if (!entries.TryGetValue(name, out var entry))
            entries.Add(name, entry = new Entry(parts, schedule));
        entry.Add(schedule);
    }

    public IEnumerable<Outcome> Outcomes(Func<Schedule, Witness> witness) =>
        entries.Values.Select(entry => new Outcome(entry.Parts, entry.Count, witness(entry.Shortest)));

    private sealed class Entry(string[] parts, Schedule first)
    {
        private int length = first.Length;

        public string[] Parts => parts;

        public int Count { get; private set; }

        public Schedule Shortest { get; private set; } = first.Copy();

        public void Add(Schedule schedule)
        {
            Count++;
            if (schedule.Length < length)
                (Shortest, length) = (schedule.Copy(), schedule.Length);
        }
    }
}
