namespace Server.Host.Http;

/// <summary>What a connection needs while it has bytes to read or to send, and none needs while it idles: so ten thousand
/// idle connections share a few of these.</summary>
/// <param name="limits">How long a request may be.</param>
/// <param name="contentBytes">How long a content may be that is kept behind its head.</param>
internal sealed class Exchange(RequestLimits limits, long contentBytes)
{
    public Inbox Inbox { get; } = new(checked(limits.HeadBytes + (int)contentBytes));

    public Outbox Outbox { get; } = new();

    public Request Request { get; } = new();

    public RequestParser Parser { get; } = new(limits);

    public BodyReader Body { get; } = new(limits);

    public Response Response { get; } = new();

    /// <summary>How large its buffers are; 0 while it isn't rented.</summary>
    public int BufferBytes => Inbox.BufferBytes + Outbox.BufferBytes;

    public void Clear()
    {
        Inbox.Return();
        Outbox.Return();
        Response.Clear();
        Request.Reset();
        Parser.Reset();
    }
}
