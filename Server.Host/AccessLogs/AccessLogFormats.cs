using Server.Host.Http;

namespace Server.Host.AccessLogs;

/// <summary>The formats by their names, as in <c>--access-log-format json</c>.</summary>
internal static class AccessLogFormats
{
    public const string Combined = "combined";
    public const string Json = "json";

    /// <summary>All names, the default first.</summary>
    public static readonly string[] Names = [Combined, Json];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="lines">Where the lines go.</param>
    /// <param name="clock">The time of day.</param>
    public static IAccessLog Open(string name, IAccessLines lines, TimeProvider clock) =>
        name == Json ? new JsonAccessLog(lines, clock) : new CombinedAccessLog(lines, clock);
}
