using System.Net;
using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Http;

// A connection is one loop: answer what has come, send the answers, wait for more. Answers to pipelined requests gather in
// the outbox before they are sent; nothing more is received until they are. What isn't waiting is a plain method.

/// <summary>Serves one client over HTTP/1.1 (RFC 9112), from its first request to its last.</summary>
internal sealed class HttpConnection : IDisposable
{
    // How much is sent at a stretch before the others get their turn: a client that reads very fast mustn't hold the loop.
    private const int MaxBytesPerStretch = 256 * 1024;

    private readonly Connection connection;
    private readonly HttpSite site;
    private readonly EndPoint? client;
    private Coroutine? coroutine;
    private Exchange? exchange;
    private Awaited awaited = Awaited.Head;
    private Deadline deadline;
    private long answered;
    private long answeredBefore;
    private bool isSkipping; // the content of the request that was answered last
    private bool isClosing;
    private bool lingers;

    public HttpConnection(Connection connection, HttpSite site)
    {
        this.connection = connection;
        this.site = site;
        client = connection.RemoteEndPoint;
        site.Connections.Add(this);
    }

    private bool IsIdle => exchange is null;

    /// <summary>Serves the client by a coroutine in a scope.</summary>
    public void Start(Scope scope) => coroutine = scope.Spawn(Serve(), "client");

    /// <summary>Tells the client why it isn't served, by a coroutine in a scope.</summary>
    public void StartRefusing(Scope scope, Refusal refusal)
    {
        exchange = site.Rent();
        Refuse(exchange, refusal);
        Start(scope);
    }

    /// <summary>Lets the client go if nothing is under way: it is expected to send one more request, or its first.</summary>
    public void CancelIfIdle()
    {
        if (IsIdle)
            coroutine?.Cancel();
    }

    /// <summary>The coroutine. It owns the connection.</summary>
    public IEnumerator<Wait> Serve()
    {
        using var owned = this;
        deadline = Deadline.In(site.Timeouts.Head);
        for (var stretch = 0; ; stretch = 0)
        {
            while (exchange is { Outbox.IsEmpty: false } || Answer())
            {
                var result = Send(ref stretch);
                if (result is SendResult.Reset or SendResult.Closed)
                    yield break;
                if (result == SendResult.Sent && stretch < MaxBytesPerStretch)
                    continue;
                yield return WantWrite(connection, site.Timeouts.Send);
                if (Woken.DeadlineReached)
                    yield break;
                stretch = 0;
            }

            if (isClosing || (site.IsDraining && IsIdle))
                break;

            yield return WantRead(connection, NextDeadline());
            if (Woken.DeadlineReached)
                Expire();
            else if (!Receive())
                yield break;
        }
        if (lingers || site.IsDraining) // a client that didn't ask for the end may be sending its next request
            yield return Call(Linger(), site.Timeouts.Linger);
    }

    public void Dispose()
    {
        site.Connections.Remove(this);
        Release();
        connection.Dispose();
    }

    /// <summary>Reads until the client has seen the end, so that what it still sends doesn't reset the connection before it
    /// has read the answer (RFC 9112, section 9.6).</summary>
    private IEnumerator<Wait> Linger()
    {
        connection.ShutdownSend();
        var result = ReceiveResult.Data;
        while (result is ReceiveResult.Data or ReceiveResult.WouldBlock)
        {
            yield return WantRead(connection);
            result = Discard();
        }
    }

    /// <summary>Answers the requests that have come. True if there is something to send now.</summary>
    private bool Answer()
    {
        if (exchange is null)
            return false;
        Finish(exchange);
        while (!isClosing && !exchange.Outbox.IsFull && HasProgressed(exchange))
            continue;
        if (!exchange.Outbox.IsEmpty)
            return true;
        if (exchange.Inbox.IsEmpty && !isSkipping)
            Release();
        return false;
    }

    /// <summary>Takes one step with the bytes that have come. False if it takes more bytes.</summary>
    private bool HasProgressed(Exchange exchange)
    {
        if (isSkipping)
            return HasSkipped(exchange);
        if (exchange.Inbox.IsEmpty)
            return false;
        switch (exchange.Parser.Parse(exchange.Inbox.Bytes, exchange.Request))
        {
            case ParseResult.Complete:
                AnswerRequest(exchange);
                return true;
            case ParseResult.Refused:
                Refuse(exchange, exchange.Parser.Refusal);
                return true;
            default:
                return false;
        }
    }

    private bool HasSkipped(Exchange exchange)
    {
        var result = exchange.Body.Read(exchange.Inbox.Bytes.Span, out var consumed);
        exchange.Inbox.Consume(consumed);
        isSkipping = result == BodyResult.Incomplete;
        if (result == BodyResult.Refused)
            isClosing = lingers = true; // the answer is on its way already
        return result == BodyResult.Complete;
    }

    private void AnswerRequest(Exchange exchange)
    {
        var (request, response) = (exchange.Request, exchange.Response);
        site.Responder.Answer(request, response);
        // The client needn't send its content any more; whether it does, nobody can tell (RFC 9110, section 10.1.1).
        lingers = request.ExpectsContinue;
        response.Closes |= lingers || site.IsDraining;
        Put(exchange);
        exchange.Inbox.Consume(request.HeadBytes);
        isSkipping = request.Body.HasContent && !isClosing;
        lingers |= request.Body.HasContent && isClosing;
        if (isSkipping)
            exchange.Body.Start(request.Body);
    }

    private void Refuse(Exchange exchange, Refusal refusal)
    {
        Responder.Refuse(exchange.Request, refusal, exchange.Response);
        Put(exchange);
        lingers = true;
    }

    private void Put(Exchange exchange)
    {
        exchange.Outbox.Add(exchange.Response, exchange.Request, site.Date);
        isClosing = exchange.Response.Closes;
        answered++;
        if (exchange.Outbox.Remaining == 0)
            Finish(exchange);
    }

    /// <summary>The answer is in the outbox, or has been sent: takes note of it, and lets its file go.</summary>
    private void Finish(Exchange exchange)
    {
        var response = exchange.Response;
        if (response.Status == 0)
            return;
        var contentBytes = response.SendsContent ? response.ContentBytes - exchange.Outbox.Remaining : 0;
        site.AccessLog.Answered(client, exchange.Request, response.Status, contentBytes);
        response.Clear();
    }

    private SendResult Send(ref int stretch)
    {
        var result = exchange!.Outbox.Send(connection, out var sent);
        stretch += sent;
        if (exchange.Outbox.IsCutShort)
            site.Log.FileCutShort();
        return result;
    }

    /// <summary>Receives once. False if nothing more will come.</summary>
    private bool Receive()
    {
        exchange ??= site.Rent();
        return exchange.Inbox.Receive(connection) is ReceiveResult.Data or ReceiveResult.WouldBlock;
    }

    private ReceiveResult Discard()
    {
        exchange ??= site.Rent();
        exchange.Inbox.Consume(exchange.Inbox.Bytes.Length);
        return exchange.Inbox.Receive(connection);
    }

    /// <summary>The deadline of what is received next. It is set once for each head, pause or content, so that a byte now
    /// and then doesn't prolong it.</summary>
    private Deadline NextDeadline()
    {
        var next =
            isSkipping ? Awaited.Content
            : IsIdle && answered > 0 ? Awaited.Request
            : Awaited.Head;
        if (next == awaited && answered == answeredBefore)
            return deadline;
        (awaited, answeredBefore) = (next, answered);
        return deadline = Deadline.In(TimeoutOf(next));
    }

    private TimeSpan TimeoutOf(Awaited next) =>
        next switch
        {
            Awaited.Head => site.Timeouts.Head,
            Awaited.Request => site.Timeouts.Idle,
            _ => site.Timeouts.Content,
        };

    /// <summary>What was awaited didn't come in time: an unfinished request is told so, an idle client is let go.</summary>
    private void Expire()
    {
        isClosing = true;
        if (exchange is not null && awaited == Awaited.Head)
            Refuse(exchange, new Refusal(408, "The request head took too long."));
        else
            lingers = isSkipping;
    }

    private void Release()
    {
        if (exchange is null)
            return;
        Finish(exchange);
        site.Return(exchange);
        exchange = null;
    }
}
