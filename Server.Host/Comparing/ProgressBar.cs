using System.Globalization;

namespace Server.Host.Comparing;

/// <summary>A bar that grows in one line of a terminal.</summary>
/// <param name="output">The terminal.</param>
internal sealed class ProgressBar(TextWriter output) : IProgressDisplay
{
    private const int Width = 30;
    private const string ClearLine = "\r\e[K";

    public void Begin(int step, int steps, string name)
    {
        var done = Width * (step - 1) / steps;
        var bar = new string('#', done).PadRight(Width, '.');
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{ClearLine}[{bar}] {step}/{steps} {name}"));
        output.Flush();
    }

    public void End() => output.Write(ClearLine);
}
