using System.Text;
using Server.Host.AccessLogs;

namespace Coroutines.Tests.Server;

/// <summary>Keeps the lines of an access log, without their ends.</summary>
internal sealed class KeptLines : IAccessLines
{
    public List<string> All { get; } = [];

    public void Add(ReadOnlySpan<byte> line)
    {
        line[^1].ShouldBe((byte)'\n');
        All.Add(Encoding.ASCII.GetString(line[..^1]));
    }
}
