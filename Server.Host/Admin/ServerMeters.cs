using Server.Host.Http;

namespace Server.Host.Admin;

/// <summary>A meter for each worker.</summary>
internal sealed class ServerMeters(IReadOnlyList<WorkerCounts> workers) : IDisposable
{
    private readonly List<ServerMeter> meters = [.. workers.Select(worker => new ServerMeter(worker))];

    public void Dispose() => meters.ForEach(meter => meter.Dispose());
}
