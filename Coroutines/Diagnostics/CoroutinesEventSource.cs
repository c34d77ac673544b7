using System.Diagnostics.Tracing;

namespace Coroutines.Diagnostics;

/// <summary>The events of all schedulers that have a <see cref="SchedulerTelemetry"/>.</summary>
/// <remarks>A process has one source of a name, so this one is static; what it keeps is whether somebody listens.</remarks>
[EventSource(Name = SchedulerTelemetry.SourceName)]
internal sealed class CoroutinesEventSource : EventSource
{
    public static readonly CoroutinesEventSource Instance = new();

    private CoroutinesEventSource() { }

    [Event(1, Level = EventLevel.Informational, Keywords = Keywords.Lives, Message = "{0}: #{1} '{2}' spawned")]
    public void Spawned(string scheduler, int id, string name) => WriteEvent(1, scheduler, id, name);

    [Event(2, Level = EventLevel.Verbose, Keywords = Keywords.Steps, Message = "{0}: #{1} '{2}' resuming")]
    public void Resuming(string scheduler, int id, string name) => WriteEvent(2, scheduler, id, name);

    [Event(3, Level = EventLevel.Verbose, Keywords = Keywords.Steps, Message = "{0}: #{1} '{2}' suspended: {3}")]
    public void Suspended(string scheduler, int id, string name, string wait) =>
        WriteEvent(3, scheduler, id, name, wait);

    [Event(4, Level = EventLevel.Informational, Keywords = Keywords.Lives, Message = "{0}: #{1} '{2}' ended: {3}")]
    public void Ended(string scheduler, int id, string name, string outcome) =>
        WriteEvent(4, scheduler, id, name, outcome);

    [Event(5, Level = EventLevel.Error, Keywords = Keywords.Lives, Message = "{0}: #{1} '{2}' failed: {3}: {4}")]
    public void Failed(string scheduler, int id, string name, string failure, string message) =>
        WriteEvent(5, scheduler, id, name, failure, message);

    [Event(6, Level = EventLevel.Verbose, Keywords = Keywords.Polls, Message = "{0}: polling {1} for {2} ms")]
    public void Polling(string scheduler, int watched, double timeoutMilliseconds) =>
        WriteEvent(6, scheduler, watched, timeoutMilliseconds);

    [Event(7, Level = EventLevel.Verbose, Keywords = Keywords.Polls, Message = "{0}: polled, {1} ready")]
    public void Polled(string scheduler, int ready) => WriteEvent(7, scheduler, ready);

    /// <summary>Which events a listener wants.</summary>
    public static class Keywords
    {
        /// <summary>The beginning and the end of each coroutine.</summary>
        public const EventKeywords Lives = (EventKeywords)1;

        /// <summary>Each resume, and each wait.</summary>
        public const EventKeywords Steps = (EventKeywords)2;

        /// <summary>Each poll, and what it found.</summary>
        public const EventKeywords Polls = (EventKeywords)4;
    }
}
