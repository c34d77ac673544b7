using System.Text.Json.Serialization;

namespace Server.Host.Debugger.Web;

/// <summary>A command of the page's, such as <c>{"do":"step","count":3}</c>; what it doesn't need is left out.</summary>
internal sealed record CommandRequest
{
    public string? Do { get; init; }

    public int? Count { get; init; }

    public string? Where { get; init; }

    public int? Receive { get; init; }

    public int? Send { get; init; }

    public int? Fd { get; init; }

    public string? Kind { get; init; }

    public int? Client { get; init; }

    public string? Text { get; init; }
}
