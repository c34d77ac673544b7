using System.Diagnostics.Metrics;
using Coroutines;
using Server.Host.Http;

namespace Server.Host.Admin;

/// <summary>The server that an admin port tells of.</summary>
/// <param name="Model">One of <see cref="Models.Model.Names"/>.</param>
/// <param name="Counts">What it has done; null if that isn't known in this process.</param>
/// <param name="Scheduler">What runs its coroutines; null if it has none.</param>
internal sealed record AdminSubject(string Model, ServerCounts? Counts, Scheduler? Scheduler)
{
    /// <summary>Whether an instrument tells of it, or of the process that it runs in.</summary>
    public bool IsMeasuredBy(Instrument instrument) =>
        RuntimeInstruments.Has(instrument)
        || (instrument.Meter.Scope is { } scope && (scope == Counts || scope == Scheduler));
}
