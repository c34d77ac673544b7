using System.Net;

namespace Server.Host.Debugger.Web;

/// <summary>What the page must know of what is studied.</summary>
internal sealed record PageOptions
{
    /// <summary>Where it listens: where the page's clients connect to.</summary>
    public required EndPoint Server { get; init; }

    /// <summary>Its address, for people.</summary>
    public required Uri ServerAddress { get; init; }

    /// <summary>What a client of the page's asks.</summary>
    public required byte[] Request { get; init; }

    /// <summary>How long it stands still without a page; null: for ever.</summary>
    public TimeSpan? Patience { get; init; } = PageWatch.DefaultPatience;
}
