using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Http;

/// <summary>Serves one client over HTTP/1.1 (RFC 9112), from its first request to its last: one loop that sends the answers,
/// and waits for more requests.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Connection connection;
    private readonly HttpSite site;
    private readonly Conversation conversation;
    private Coroutine? coroutine;

    /// <param name="connection">The client.</param>
    /// <param name="site">What is served.</param>
    public HttpConnection(Connection connection, HttpSite site)
    {
        this.connection = connection;
        this.site = site;
        conversation = new(connection, site);
        site.Connections.Add(this);
    }

    /// <summary>The target of the request that is answered, or was answered last; null before the first.</summary>
    public string? Target => conversation.Target;

    /// <summary>The number of its descriptor.</summary>
    public int Descriptor => connection.Slot.Number;

    /// <inheritdoc cref="Conversation.UnsentBytes"/>
    public long UnsentBytes => conversation.UnsentBytes;

    /// <summary>The number of the coroutine that serves the client; null if it has no coroutine of its own.</summary>
    public int? CoroutineId => coroutine?.Id;

    /// <summary>Whether this is the coroutine that serves the client.</summary>
    public bool IsServedBy(Coroutine one) => coroutine == one;

    /// <inheritdoc cref="Conversation.IsOneTooMany"/>
    public bool IsOneTooMany => conversation.IsOneTooMany;

    /// <inheritdoc cref="Conversation.TryTake"/>
    public bool TryTake(SharedCount places, int limit) => conversation.TryTake(places, limit);

    /// <summary>Serves the client by a coroutine in a scope.</summary>
    public void Start(Scope scope) => coroutine = scope.Spawn(Serve(), "client");

    /// <summary>Tells the client why it isn't served, by a coroutine in a scope.</summary>
    public void StartRefusing(Scope scope, Refusal refusal)
    {
        conversation.Refuse(refusal);
        Start(scope);
    }

    /// <summary>Lets the client go if nothing is under way.</summary>
    public void CancelIfIdle()
    {
        if (conversation.IsIdle)
            coroutine?.Cancel();
    }

    /// <summary>The coroutine. It owns the connection.</summary>
    public IEnumerator<Wait> Serve()
    {
        using var owned = this;
        for (var stretch = 0; ; stretch = 0)
        {
            while (conversation.HasOutput)
            {
                var result = conversation.Send(out var sent);
                stretch += sent;
                if (result is SendResult.Reset or SendResult.Closed)
                    yield break;
                if (result == SendResult.Sent && stretch < Conversation.MaxBytesPerStretch)
                    continue;
                yield return WantWrite(connection, conversation.SendDeadline(Deadline.In(default)));
                if (Woken.DeadlineReached)
                {
                    conversation.TellOverdue();
                    yield break;
                }
                stretch = 0;
            }

            if (conversation.Work is { } work)
            {
                if (work.TryHandTo(work.WaitsForDisk ? site.Readers : site.Workers))
                    yield return work.Join();
                else
                    work.Do();
                continue;
            }
            if (conversation.Stream is { } stream)
            {
                yield return Call(stream(connection));
                yield break;
            }
            if (conversation.Pause is { } pause)
            {
                yield return Sleep(pause);
                continue;
            }
            if (conversation.IsOver)
                break;

            yield return NextRead();
            if (Woken.DeadlineReached)
                conversation.Expire();
            else if (IsCalledAway || !conversation.Receive())
                yield break;
        }
        if (conversation.Lingers)
            yield return Call(Linger(), site.Timeouts.Linger);
    }

    public void Dispose()
    {
        site.Connections.Remove(this);
        conversation.Dispose();
    }

    // Who idles where that holds others up is woken for them, too.
    private bool IsCalledAway =>
        conversation.IsIdle && site.IdleBreak is { } idleBreak && Woken.Index > 0 && idleBreak.IsDue(site);

    private Wait NextRead()
    {
        var deadline = conversation.NextDeadline(Deadline.In(default));
        return conversation.IsIdle && site.IdleBreak is { } idleBreak
            ? idleBreak.Await(connection, conversation.IsBetweenRequests, deadline)
            : WantRead(connection, deadline);
    }

    private IEnumerator<Wait> Linger()
    {
        conversation.StartLingering();
        do yield return WantRead(connection);
        while (conversation.Discard());
    }
}
