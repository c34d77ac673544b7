using System.Diagnostics.Metrics;
using Server.Host.Http;

namespace Server.Host.Admin;

/// <summary>The server that an admin port tells of.</summary>
/// <param name="Model">One of <see cref="Models.Model.Names"/>.</param>
/// <param name="Counts">What it has done, each worker by itself; empty if that isn't known in this process.</param>
/// <param name="Loops">What runs its coroutines; empty if it has none.</param>
internal sealed record AdminSubject(string Model, IReadOnlyList<ServerCounts> Counts, IReadOnlyList<AdminLoop> Loops)
{
    /// <summary>Whether an instrument tells of it, or of the process that it runs in.</summary>
    public bool IsMeasuredBy(Instrument instrument) =>
        RuntimeInstruments.Has(instrument)
        || (
            instrument.Meter.Scope is { } scope
            && (Counts.Contains(scope) || Loops.Any(loop => loop.Scheduler == scope))
        );
}
