using Server.Host.AccessLogs;

namespace Server.Host.Models;

/// <summary>An access log whose lines are lost where they can't be written: no client goes without an answer for that.
/// </summary>
/// <param name="lines">Where the lines go.</param>
/// <param name="failed">Is told what went wrong, each time.</param>
internal sealed class LossyLines(IAccessLines lines, Action<IOException> failed) : IAccessLines
{
    public void Add(ReadOnlySpan<byte> line)
    {
        try
        {
            lines.Add(line);
        }
        catch (IOException failure)
        {
            failed(failure);
        }
    }
}
