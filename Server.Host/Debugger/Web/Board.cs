using System.Buffers;
using System.Text;
using System.Text.Json;
using Coroutines;
using Coroutines.Sync;

namespace Server.Host.Debugger.Web;

/// <summary>What all pages show now: a text that is made once for each version, however many they are. Belongs to the page's
/// scheduler, but for <see cref="Touch"/>.</summary>
/// <param name="scheduler">The page's.</param>
/// <param name="write">Writes the state, given its version.</param>
internal sealed class Board(Scheduler scheduler, Action<Utf8JsonWriter, long> write)
{
    private readonly Event changed = new("the state has changed");
    private ReadOnlyMemory<byte> message;
    private long messageVersion;
    private int isTouched;

    /// <summary>Counted from 1. Never the same for two states.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>How many pages look at it.</summary>
    public int Pages { get; private set; }

    /// <summary>Waits for another version.</summary>
    public Wait NextVersion(Deadline deadline = default) => changed.WaitUntilSet(deadline);

    /// <summary>There is something new to show. May be called on any thread, as often as one likes.</summary>
    public void Touch()
    {
        if (Interlocked.Exchange(ref isTouched, 1) == 0)
            scheduler.Post(Advance);
    }

    /// <summary>One page more looks at it, until what this returns is disposed of.</summary>
    public IDisposable Open() => new Look(this);

    /// <summary>The state as an event of a stream (HTML Living Standard, section 9.2.5).</summary>
    public ReadOnlyMemory<byte> Message()
    {
        if (messageVersion != Version)
            (message, messageVersion) = (Make(), Version);
        return message;
    }

    private byte[] Make()
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"id: {Version}\nevent: state\ndata: ")));
        using (var json = new Utf8JsonWriter(bytes))
            write(json, Version);
        bytes.Write("\n\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    private void Advance()
    {
        Volatile.Write(ref isTouched, 0);
        Version++;
        changed.Set();
        changed.Reset();
    }

    private sealed class Look : IDisposable
    {
        private readonly Board board;

        public Look(Board board)
        {
            this.board = board;
            board.Pages++;
            board.Touch();
        }

        public void Dispose()
        {
            board.Pages--;
            board.Touch();
        }
    }
}
