using System.Net;
using System.Text;
using Coroutines;
using Coroutines.Sockets;
using Server.Host.Files;

namespace Server.Host.Http;

// Answers to pipelined requests gather in the outbox before they are sent; nothing more is received until they are. No
// method here waits: who waits, and how, is the model's affair.

/// <summary>One client's requests and their answers (RFC 9112), step by step: what has come, what is to be sent, what is
/// expected next and by when.</summary>
internal sealed class Conversation : IDisposable
{
    /// <summary>How much is sent at a stretch before the others get their turn: a client that reads very fast mustn't hold the
    /// loop.</summary>
    public const int MaxBytesPerStretch = 256 * 1024;

    private static readonly Refusal LengthRequired = new(411, "The length of the content must be known beforehand.");

    // How often a file that is being written is asked for, and how long after the last time.
    private const int MaxHolds = 80;
    private static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(25);

    private readonly Connection connection;
    private readonly HttpSite site;
    private readonly EndPoint? client;
    private Exchange? exchange;
    private SlowWork? answerWork;
    private long answered;
    private Arrival arrival = new();
    private Pace pace;
    private int held; // how often the answer to the request was put off
    private bool isSkipping; // the content of the request that was answered last
    private bool isGathering; // the content of the request that is answered next
    private bool isChecked; // that content, chunk by chunk, to its end
    private bool isClosing;
    private bool lingers;
    private bool hasLeft;
    private SharedCount? place;

    /// <param name="connection">The client; closed with the conversation.</param>
    /// <param name="site">What is served.</param>
    public Conversation(Connection connection, HttpSite site)
    {
        this.connection = connection;
        this.site = site;
        client = connection.RemoteEndPoint;
        site.Counts.CountAccepted();
        IsOneTooMany = site.Addresses?.Enter(client) == false;
    }

    /// <summary>Whether there are as many connections from the client's address as there may be, besides this one.</summary>
    public bool IsOneTooMany { get; }

    /// <summary>Takes a place for the client until it leaves. False if there are as many as there may be.</summary>
    public bool TryTake(SharedCount places, int limit)
    {
        if (!places.TryIncrement(limit))
            return false;
        place = places;
        return true;
    }

    /// <summary>Whether nothing is under way: the client is expected to send one more request, or its first.</summary>
    public bool IsIdle => exchange is null;

    /// <summary>Whether the client was answered before, and nothing is under way.</summary>
    public bool IsBetweenRequests => IsIdle && answered > 0;

    /// <summary>Whether there is something to send now. If not, the requests that have come are answered first.</summary>
    public bool HasOutput => exchange is { Outbox.IsEmpty: false } ? Prepare(exchange.Outbox) : Answer();

    /// <summary>What sends the rest of the last answer, if that is a stream.</summary>
    public Func<Connection, IEnumerator<Wait>>? Stream { get; private set; }

    /// <summary>What must be done before the request that has come can be answered, or before more of its answer can be sent;
    /// null if nothing. It is done in between, and then asked for output again.</summary>
    public SlowWork? Work => exchange?.Outbox.Work ?? answerWork;

    /// <summary>How long to wait, without a look at the client, before the request that has come is answered; null if none is
    /// put off.</summary>
    public TimeSpan? Pause => held > 0 ? HoldTime : null;

    /// <summary>Whether no further request is to be answered.</summary>
    public bool IsOver => isClosing || (site.IsDraining && IsIdle);

    /// <summary>The target of the request that is answered, while there is one.</summary>
    public string? Target =>
        exchange is { } current && current.Request.Target.Length > 0
            ? Encoding.Latin1.GetString(current.Request.Target)
            : null;

    /// <summary>How many bytes of the answers that are under way are still to be sent.</summary>
    public long UnsentBytes => exchange?.Outbox.UnsentBytes ?? 0;

    /// <summary>Whether the client may still be sending when the connection ends: what it sends is to be read until it has
    /// seen the end, or its system would throw the answer away (RFC 9112, section 9.6).</summary>
    public bool Lingers => lingers || site.IsDraining;

    public void Dispose()
    {
        Leave();
        Release();
        connection.Dispose();
    }

    /// <summary>Tells the client why it isn't served.</summary>
    public void Refuse(Refusal refusal)
    {
        exchange ??= site.Rent();
        Refuse(exchange, refusal);
    }

    /// <summary>Sends once.</summary>
    /// <param name="sent">How many bytes were taken.</param>
    public SendResult Send(out int sent)
    {
        var result = exchange!.Outbox.Send(connection, out sent);
        if (exchange.Outbox.IsCutShort)
            site.Log.FileCutShort();
        site.Counts.CountSent(sent);
        pace.Took(sent, exchange.Outbox.IsEmpty);
        return result;
    }

    /// <summary>Until when the client may take the next bytes of what is to be sent.</summary>
    /// <param name="now">The time.</param>
    public Deadline SendDeadline(Deadline now) => pace.Next(site.Timeouts, now);

    /// <summary>Takes note that the client didn't take or send in time what was under way.</summary>
    public void TellOverdue()
    {
        site.Counts.CountOverdue();
        site.Log.ClientIsTooSlow(client);
    }

    /// <summary>Receives once. False if nothing more will come.</summary>
    public bool Receive()
    {
        exchange ??= site.Rent();
        return exchange.Inbox.Receive(connection) is ReceiveResult.Data or ReceiveResult.WouldBlock;
    }

    /// <summary>Tells the client that no more will be sent, and from then on throws away what it still sends.</summary>
    public void StartLingering() => connection.ShutdownSend();

    /// <summary>Receives once, and throws that away. False if nothing more will come.</summary>
    public bool Discard()
    {
        exchange ??= site.Rent();
        exchange.Inbox.Consume(exchange.Inbox.Bytes.Length);
        return exchange.Inbox.Receive(connection) is ReceiveResult.Data or ReceiveResult.WouldBlock;
    }

    /// <summary>The deadline of what is received next.</summary>
    /// <param name="now">The time.</param>
    public Deadline NextDeadline(Deadline now)
    {
        var next =
            isSkipping || isGathering ? Awaited.Content
            : IsBetweenRequests ? Awaited.Request
            : Awaited.Head;
        return arrival.Next(next, answered, site.Timeouts, now);
    }

    /// <summary>What was awaited didn't come in time: an unfinished request is told so, an idle client is let go.</summary>
    public void Expire()
    {
        if (!IsIdle)
            TellOverdue();
        isClosing = true;
        if (exchange is not null && (arrival.Awaited == Awaited.Head || isGathering))
            Refuse(exchange, new Refusal(408, "The request took too long."));
        else
            lingers = isSkipping;
    }

    private bool Prepare(Outbox outbox)
    {
        if (outbox.Prepare())
            return true;
        pace.HeldUp();
        return false;
    }

    /// <summary>Answers the requests that have come. True if there is something to send now.</summary>
    private bool Answer()
    {
        if (exchange is null)
            return false;
        Finish(exchange);
        answerWork = null;
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
        if (isGathering)
            return site.Responder.TakesContent ? HasGathered(exchange) : HasChecked(exchange);
        switch (exchange.Parser.Parse(exchange.Inbox.Bytes, exchange.Request))
        {
            case ParseResult.Complete when site.Responder.TakesContent && exchange.Request.Body.HasContent:
                return HasGathered(exchange);
            case ParseResult.Complete when MustBeChecked(exchange.Request):
                exchange.Body.Start(exchange.Request.Body);
                arrival.ContentBytes = 0;
                return HasChecked(exchange);
            case ParseResult.Complete:
                return HasAnswered(exchange);
            case ParseResult.Refused:
                Refuse(exchange, exchange.Parser.Refusal);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The content stands behind its head, where it is left until all of it has come.</summary>
    private bool HasGathered(Exchange exchange)
    {
        var request = exchange.Request;
        request.Attach(exchange.Inbox.Bytes); // which may have moved
        if (request.Body.Kind == BodyKind.Chunked)
        {
            Refuse(exchange, LengthRequired);
            return true;
        }
        if (!isGathering && request.ExpectsContinue)
            exchange.Outbox.Add(StatusLine.Continue);
        isGathering = !request.HasWholeContent;
        arrival.ContentBytes = exchange.Inbox.Bytes.Length - request.HeadBytes;
        if (isGathering)
            return false;
        site.Responder.Answer(request, exchange.Response);
        exchange.Response.Closes |= site.IsDraining | IsLast;
        lingers = IsLast;
        Put(exchange);
        exchange.Inbox.Consume(request.HeadBytes + (int)request.Body.LengthBytes);
        return true;
    }

    // Who waits for leave to send its content gets an answer instead.
    private bool MustBeChecked(Request request) =>
        request.Body.Kind == BodyKind.Chunked && !request.ExpectsContinue && !isChecked;

    /// <summary>A request whose chunks are broken is malformed as a whole (RFC 9112, section 7.1): so it is answered behind them.
    /// Its head stays; they are used up as they come.</summary>
    private bool HasChecked(Exchange exchange)
    {
        var request = exchange.Request;
        request.Attach(exchange.Inbox.Bytes); // which may have moved
        var result = exchange.Body.Read(exchange.Inbox.Bytes.Span[request.HeadBytes..], out var consumed);
        exchange.Inbox.ConsumeBehind(request.HeadBytes, consumed);
        arrival.ContentBytes += consumed;
        isGathering = result == BodyResult.Incomplete;
        isChecked = result == BodyResult.Complete;
        if (result == BodyResult.Refused)
            Refuse(exchange, exchange.Body.Refusal);
        return !isGathering;
    }

    private bool HasSkipped(Exchange exchange)
    {
        var result = exchange.Body.Read(exchange.Inbox.Bytes.Span, out var consumed);
        exchange.Inbox.Consume(consumed);
        arrival.ContentBytes += consumed;
        isSkipping = result == BodyResult.Incomplete;
        if (result == BodyResult.Refused)
            isClosing = lingers = true; // the answer is on its way already
        return result == BodyResult.Complete;
    }

    /// <summary>False if something must be done first, or waited for: then the request stays, and is answered after
    /// that.</summary>
    private bool HasAnswered(Exchange exchange)
    {
        var (request, response) = (exchange.Request, exchange.Response);
        site.Responder.Answer(request, response);
        if (response.Work is not null)
        {
            answerWork = response.Work;
            response.Clear();
            return false;
        }
        if (response.IsHeld && held++ < MaxHolds)
        {
            response.Clear();
            return false;
        }
        if (response.IsHeld)
        {
            response.SetPage(503);
            response.SuitTo(request);
        }
        held = 0;
        Complete(exchange, request, response);
        return true;
    }

    private void Complete(Exchange exchange, Request request, Response response)
    {
        // The client needn't send its content any more; whether it does, nobody can tell (RFC 9110, section 10.1.1).
        lingers = request.ExpectsContinue || IsLast;
        response.Closes |= lingers || site.IsDraining;
        Put(exchange);
        exchange.Inbox.Consume(request.HeadBytes);
        var hasMore = request.Body.HasContent && !isChecked;
        isSkipping = hasMore && !isClosing;
        lingers |= hasMore && isClosing;
        isChecked = false;
        if (isSkipping)
            exchange.Body.Start(request.Body);
        arrival.ContentBytes = 0;
    }

    private void Refuse(Exchange exchange, Refusal refusal)
    {
        Responder.Refuse(exchange.Request, refusal, exchange.Response);
        Put(exchange);
        lingers = true;
    }

    private void Put(Exchange exchange)
    {
        exchange.Outbox.Add(exchange.Response, exchange.Request, site);
        isClosing = exchange.Response.Closes;
        Stream = exchange.Response is { SendsContent: true, Stream: { } stream } ? stream : null;
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
        site.Counts.CountAnswer(response.Status);
        site.AccessLog.Answered(client, exchange.Request, response.Status, contentBytes);
        response.Clear();
    }

    /// <summary>Whether the request that is answered is the last that may be.</summary>
    private bool IsLast => site.Limits.Requests > 0 && answered + 1 >= site.Limits.Requests;

    private void Leave()
    {
        if (hasLeft)
            return;
        hasLeft = true;
        place?.Decrement();
        if (!IsOneTooMany)
            site.Addresses?.Leave(client);
        site.Counts.CountEnded();
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
