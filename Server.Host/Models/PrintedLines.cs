using Server.Host.AccessLogs;

namespace Server.Host.Models;

/// <summary>The access log of a child at standard output: each line by one write, so that those of several children don't
/// mix.</summary>
internal sealed class PrintedLines : IAccessLines
{
    private readonly Stream output = Console.OpenStandardOutput();

    public void Add(ReadOnlySpan<byte> line) => output.Write(line);
}
