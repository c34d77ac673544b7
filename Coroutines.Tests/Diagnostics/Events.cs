using System.Diagnostics.Tracing;
using Coroutines.Diagnostics;

namespace Coroutines.Tests.Diagnostics;

/// <summary>A listener to the events of one scheduler.</summary>
internal sealed class Events : EventListener
{
    private readonly string scheduler;
    private readonly List<string> lines = [];

    /// <param name="scheduler">The name that its telemetry was given.</param>
    /// <param name="level">The least important events that it listens to.</param>
    /// <param name="keywords">What it listens to; 0 is all.</param>
    public Events(string scheduler, EventLevel level, long keywords = 0)
    {
        this.scheduler = scheduler;
        var source = EventSource.GetSources().Single(one => one.Name == SchedulerTelemetry.SourceName);
        EnableEvents(source, level, (EventKeywords)keywords);
    }

    public IReadOnlyList<string> Lines => lines;

    public void Clear() => lines.Clear();

    protected override void OnEventWritten(EventWrittenEventArgs written)
    {
        if (written.Payload is [string name, ..] && name == scheduler)
            lines.Add($"{written.EventName} {string.Join(", ", written.Payload.Skip(1))}");
    }
}
