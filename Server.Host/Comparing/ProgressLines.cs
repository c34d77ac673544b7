using System.Globalization;

namespace Server.Host.Comparing;

/// <summary>A line for each step, where the output is a file or another program.</summary>
/// <param name="output">Where to.</param>
internal sealed class ProgressLines(TextWriter output) : IProgressDisplay
{
    public void Begin(int step, int steps, string name) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step}/{steps} {name}"));

    public void End() { }
}
