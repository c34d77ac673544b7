using Coroutines.Sync;
using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>What all connections of one scheduler share. Belongs to the scheduler's thread.</summary>
internal sealed class HttpSite
{
    private readonly Stack<Exchange> exchanges = new();
    private volatile bool isDraining; // a model with threads sets it from outside

    public HttpSite(FileCache files, RequestLimits limits, HttpTimeouts timeouts, Logging logging, TimeProvider clock)
        : this(files, limits, timeouts, logging.Log, logging.AccessLog, clock) { }

    /// <summary>A site of files.</summary>
    public HttpSite(
        FileCache files,
        RequestLimits limits,
        HttpTimeouts timeouts,
        Log log,
        IAccessLog accessLog,
        TimeProvider clock
    )
        : this(new Responder(files, limits, log, clock), limits, timeouts, log, accessLog, clock) { }

    /// <summary>A site of whatever is answered.</summary>
    public HttpSite(
        IResponder responder,
        RequestLimits limits,
        HttpTimeouts timeouts,
        Log log,
        IAccessLog accessLog,
        TimeProvider clock
    )
    {
        Limits = limits;
        Timeouts = timeouts;
        Log = log;
        AccessLog = accessLog;
        Clock = clock;
        Date = new DateField(clock);
        Responder = responder;
    }

    public RequestLimits Limits { get; }

    public HttpTimeouts Timeouts { get; }

    public Log Log { get; }

    public IAccessLog AccessLog { get; }

    public TimeProvider Clock { get; }

    public DateField Date { get; }

    public IResponder Responder { get; }

    /// <summary>What was done so far.</summary>
    public ServerCounts Counts { get; init; } = new();

    /// <summary>What messages call it; null if it is what is served, which the options are about.</summary>
    public string? Name { get; init; }

    /// <summary>Counts the connections of each address; null if none is too many.</summary>
    public AddressLimit? Addresses { get; init; }

    /// <summary>The field lines that every answer has.</summary>
    public ReadOnlyMemory<byte> Fields { get; init; } = SiteFields.Default;

    /// <summary>Who computes what takes long, so that it holds up nobody else; null if each connection does it itself.
    /// </summary>
    public Workers? Workers { get; set; }

    /// <summary>Who waits for the disk, likewise: others, since whoever waits leaves the processor to them.</summary>
    public Workers? Readers { get; set; }

    /// <summary>How many clients are served, on all sites that share the limit of them.</summary>
    public SharedCount Places { get; init; } = new();

    /// <summary>How many more are being told that they aren't.</summary>
    public SharedCount Refusals { get; init; } = new();

    /// <summary>For whom the system may keep more, on all sites that share the room.</summary>
    public UnsentRoom UnsentRoom { get; init; } = new();

    /// <summary>The connections that are open.</summary>
    public HashSet<HttpConnection> Connections { get; } = [];

    /// <summary>Whether the server is about to stop: each connection ends with the answer that is under way.</summary>
    public bool IsDraining
    {
        get => isDraining;
        set => isDraining = value;
    }

    /// <summary>What ends the idling of a connection, besides its client. Null if nothing does: the connections of a
    /// scheduler hold nobody up, and are cancelled.</summary>
    public IdleBreak? IdleBreak { get; set; }

    /// <summary>How many exchanges are rented: as many as there are connections with bytes to read or to send.</summary>
    public int RentedExchanges { get; private set; }

    /// <summary>What a connection needs while there are bytes; returned by <see cref="Return"/>.</summary>
    public Exchange Rent()
    {
        RentedExchanges++;
        return exchanges.TryPop(out var exchange)
            ? exchange
            : new Exchange(Limits, Responder.TakesContent ? Limits.BodyBytes : 0);
    }

    public void Return(Exchange exchange)
    {
        RentedExchanges--;
        exchange.Clear();
        exchanges.Push(exchange);
    }
}
