namespace Coroutines.Tests.Host;

/// <summary>The lines that a process has written to one of its outputs so far.</summary>
internal sealed class Transcript
{
    private readonly List<string> lines = [];
    private bool isComplete;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    /// <summary>Takes note of a line; null is the end.</summary>
    public void Add(string? line)
    {
        lock (lines)
        {
            if (line is null)
                isComplete = true;
            else
                lines.Add(line);
            Monitor.PulseAll(lines);
        }
    }

    /// <summary>Waits for a line that contains some text, and returns it.</summary>
    /// <exception cref="TimeoutException">There was none within <see cref="ServerProcess.Patience"/>, or before the end.
    /// </exception>
    public string WaitFor(string text) => WaitFor(text, times: 1);

    /// <summary>Waits until so many lines contain some text, and returns the last of them.</summary>
    /// <exception cref="TimeoutException">There were fewer within <see cref="ServerProcess.Patience"/>, or before the end.
    /// </exception>
    public string WaitFor(string text, int times)
    {
        var deadline = DateTime.UtcNow + ServerProcess.Patience;
        lock (lines)
        {
            while (true)
            {
                var found = lines.FindAll(line => line.Contains(text, StringComparison.Ordinal));
                if (found.Count >= times)
                    return found[times - 1];
                var left = deadline - DateTime.UtcNow;
                if (isComplete || left <= TimeSpan.Zero || !Monitor.Wait(lines, left))
                    throw new TimeoutException($"There was no line with '{text}', but:\n{this}");
            }
        }
    }

    public override string ToString() => string.Join('\n', Lines);
}
