using Server.Host.AccessLogs;

namespace Coroutines.Tests.Server;

/// <summary>Keeps no line.</summary>
internal sealed class DiscardedLines : IAccessLines
{
    public void Add(ReadOnlySpan<byte> line) { }
}
