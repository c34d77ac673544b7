using System.Net.Sockets;
using Coroutines;
using Coroutines.Sockets;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>One client of <see cref="EventsModel"/>: a state machine that is written by hand. Where a coroutine stands in
/// its loop is a <see cref="State"/> here, and each event looks anew at what is to be done in it.</summary>
internal sealed class EventConnection : IDisposable
{
    private readonly Connection connection;
    private readonly HttpSite site;
    private readonly Conversation conversation;
    private State state = State.Reading;

    public EventConnection(Connection connection, HttpSite site)
    {
        this.connection = connection;
        this.site = site;
        conversation = new(connection, site);
    }

    private enum State
    {
        /// <summary>A request, or the rest of one, is to be received.</summary>
        Reading,

        /// <summary>The request that has come is answered a little later.</summary>
        Pausing,

        /// <summary>The client takes no more of an answer for now.</summary>
        Sending,

        /// <summary>The last answer is on its way; what the client still sends is thrown away.</summary>
        Lingering,

        Closed,
    }

    public Socket Socket => connection.Slot.Socket!;

    public bool WantsRead => state is State.Reading or State.Lingering;

    public bool WantsWrite => state is State.Sending;

    /// <summary>Where it is, in a word.</summary>
    public string StateName => state.ToString();

    public int Descriptor => connection.Slot.Number;

    /// <inheritdoc cref="Conversation.UnsentBytes"/>
    public long UnsentBytes => conversation.UnsentBytes;

    public bool IsClosed => state is State.Closed;

    /// <summary>Whether its connection was closed by somebody else: a debugger, which resets it.</summary>
    public bool IsBroken => !IsClosed && connection.Slot.IsClosed;

    public bool IsIdle => conversation.IsIdle;

    /// <inheritdoc cref="Conversation.IsOneTooMany"/>
    public bool IsOneTooMany => conversation.IsOneTooMany;

    /// <inheritdoc cref="Conversation.TryTake"/>
    public bool TryTake(SharedCount places, int limit) => conversation.TryTake(places, limit);

    /// <summary>By when the next event must come.</summary>
    public Deadline Deadline { get; private set; }

    /// <summary>The client was accepted.</summary>
    public void Start(Deadline now) => GoOn(now);

    /// <summary>The client was accepted, but won't be served.</summary>
    public void StartRefusing(Refusal refusal, Deadline now)
    {
        conversation.Refuse(refusal);
        GoOn(now);
    }

    public void OnReadable(Deadline now)
    {
        if (state == State.Lingering)
            CloseUnless(conversation.Discard());
        else if (conversation.Receive())
            GoOn(now);
        else
            Dispose();
    }

    public void OnWritable(Deadline now) => GoOn(now);

    public void OnDeadline(Deadline now)
    {
        if (state == State.Sending)
            conversation.TellOverdue();
        if (state is not (State.Reading or State.Pausing))
        {
            Dispose();
            return;
        }
        if (state == State.Reading)
            conversation.Expire();
        GoOn(now);
    }

    public void Dispose()
    {
        state = State.Closed;
        conversation.Dispose();
    }

    /// <summary>Sends as much as the client takes, and finds out what is to be waited for next.</summary>
    private void GoOn(Deadline now)
    {
        for (var stretch = 0; HasOutput; )
        {
            var result = conversation.Send(out var sent);
            stretch += sent;
            if (result == SendResult.Sent && stretch < Conversation.MaxBytesPerStretch)
                continue;
            if (result is SendResult.Reset or SendResult.Closed)
                Dispose();
            else
                Become(State.Sending, conversation.SendDeadline(now));
            return;
        }
        if (conversation.Pause is { } pause)
            Become(State.Pausing, now.Plus(pause));
        else if (!conversation.IsOver)
            Become(State.Reading, conversation.NextDeadline(now));
        else if (conversation.Lingers)
            Linger(now);
        else
            Dispose();
    }

    // What takes long holds up the loop: so files are compressed only up to a length at which it isn't long.
    private bool HasOutput
    {
        get
        {
            var hasOutput = conversation.HasOutput;
            for (; !hasOutput && conversation.Work is { } work; hasOutput = conversation.HasOutput)
                work.Do();
            return hasOutput;
        }
    }

    private void Linger(Deadline now)
    {
        conversation.StartLingering();
        Become(State.Lingering, now.Plus(site.Timeouts.Linger));
    }

    private void Become(State next, Deadline deadline) => (state, Deadline) = (next, deadline);

    private void CloseUnless(bool goesOn)
    {
        if (!goesOn)
            Dispose();
    }
}
