// A program that rotates logs moves the file away and tells the server, which goes on in a new one. What was logged before
// the signal is in the old file then, and what comes after it in the new: the word to reopen goes through the same queue as
// the lines do, and the one thread that writes them changes the file between two of them.
using NLog;
using NLog.Common;
using NLog.Targets;
using NLog.Targets.Wrappers;

namespace Server.Host;

/// <summary>A log file that is opened anew when it is told to.</summary>
internal sealed class ReopenedFile : FileTarget
{
    private readonly LogEventInfo reopening = LogEventInfo.CreateNullEvent();
    private readonly string path;

    /// <param name="name">What the logger calls it.</param>
    /// <param name="path">The file.</param>
    /// <param name="layout">What a line says.</param>
    public ReopenedFile(string name, string path, string layout)
        : base(name)
    {
        this.path = Path.GetFullPath(path);
        FileName = this.path;
        Layout = layout;
        KeepFileOpen = true;
        AutoFlush = false;
        OpenFileFlushTimeout = 1;
    }

    /// <summary>Has what is logged from now on go to a new file, if the old one was moved.</summary>
    /// <param name="queue">What this file's lines go through.</param>
    public void Reopen(AsyncTargetWrapper queue) => queue.WriteAsyncLogEvent(reopening.WithContinuation(_ => { }));

    protected override void Write(LogEventInfo logEvent)
    {
        if (logEvent == reopening)
            Reopen();
        else
            base.Write(logEvent);
    }

    protected override void Write(IList<AsyncLogEventInfo> logEvents)
    {
        var lines = new List<AsyncLogEventInfo>(logEvents.Count);
        foreach (var one in logEvents)
        {
            if (one.LogEvent != reopening)
            {
                lines.Add(one);
                continue;
            }
            base.Write(lines);
            lines.Clear();
            Reopen();
        }
        base.Write(lines);
    }

    private void Reopen()
    {
        base.CloseTarget();
        try
        {
            using var created = File.Open(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The next line tries again; whoever rotates sees that there is no new file.
        }
    }
}
