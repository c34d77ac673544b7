using Server.Host.Http;

namespace Server.Host;

/// <summary>The formats by their names, as in <c>--access-log-format json</c>.</summary>
internal static class AccessLogFormats
{
    public const string Combined = "combined";
    public const string Json = "json";

    /// <summary>All names, the default first.</summary>
    public static readonly string[] Names = [Combined, Json];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="write">Writes one line.</param>
    /// <param name="clock">The time of day.</param>
    public static IAccessLog Open(string name, Action<string> write, TimeProvider clock) =>
        name == Json ? new JsonAccessLog(write, clock) : new AccessLog(write, clock);
}
