// The loop only copies a line. A thread of the writer's own puts many into one write: woken by the first, it lets others
// gather for a moment, or until there are many. None is dropped, and none is waited for: if the disk is slower than the
// clients for long, that takes memory.
using System.Buffers;

namespace Server.Host.AccessLogs;

/// <summary>Writes the lines of an access log off the loop, many at a time.</summary>
internal sealed class AccessWriter : IAccessLines, IDisposable
{
    // nginx: access_log ... buffer=64k flush=...; a glance at the log shows what was answered the moment before.
    private const int ManyBytes = 64 * 1024;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    // What a burst has made larger than this isn't kept.
    private const int KeptBytes = 1024 * 1024;

    // A disk that hangs mustn't keep a process that is told to end at once.
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(2);

    private readonly object gate = new(); // Monitor's: it is waited on
    private readonly IAccessFile file;
    private readonly Thread thread;
    private ArrayBufferWriter<byte> gathered = new(2 * ManyBytes);
    private ArrayBufferWriter<byte> written = new(2 * ManyBytes);
    private List<int> toReopen = []; // before which bytes of what was gathered
    private List<int> reopenings = []; // the same, of what is written
    private bool isClosing;

    /// <param name="file">Where they are written; closed with the writer. Only the writer's thread uses it. It must not
    /// throw.</param>
    public AccessWriter(IAccessFile file)
    {
        this.file = file;
        thread = new(Write) { IsBackground = true, Name = "access log" };
        thread.Start();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public void Add(ReadOnlySpan<byte> line)
    {
        lock (gate)
        {
            var before = gathered.WrittenCount;
            gathered.Write(line);
            if (before == 0 || (before < ManyBytes && gathered.WrittenCount >= ManyBytes))
                Monitor.Pulse(gate);
        }
    }

    /// <summary>Has the lines that are added from now on go to a new file, if the old one was moved.</summary>
    public void Reopen()
    {
        lock (gate)
        {
            toReopen.Add(gathered.WrittenCount);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Writes what is still gathered.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Finish();
        thread.Join();
        file.Dispose();
    }

    // A second signal, or the end of the grace time, ends the process wherever it stands.
    private void OnExit(object? sender, EventArgs e)
    {
        Finish();
        thread.Join(ExitPatience);
    }

    private void Finish()
    {
        lock (gate)
        {
            isClosing = true;
            Monitor.Pulse(gate);
        }
    }

    private void Write()
    {
        while (HasTaken())
        {
            var start = 0;
            foreach (var end in reopenings)
            {
                file.Write(written.WrittenSpan[start..end]);
                file.Reopen();
                start = end;
            }
            file.Write(written.WrittenSpan[start..]);
            Clear();
        }
    }

    /// <summary>Takes what was gathered, once there is something. False if nothing more will come.</summary>
    private bool HasTaken()
    {
        lock (gate)
        {
            while (gathered.WrittenCount == 0 && toReopen.Count == 0 && !isClosing)
                Monitor.Wait(gate);
            if (gathered.WrittenCount < ManyBytes && toReopen.Count == 0 && !isClosing)
                Monitor.Wait(gate, Moment);
            (gathered, written) = (written, gathered);
            (toReopen, reopenings) = (reopenings, toReopen);
            return written.WrittenCount > 0 || reopenings.Count > 0;
        }
    }

    private void Clear()
    {
        reopenings.Clear();
        if (written.Capacity > KeptBytes)
            written = new(2 * ManyBytes);
        else
            written.ResetWrittenCount();
    }
}
