using System.Globalization;

namespace Coroutines.Tests.Abuse;

/// <summary>How much is done to the server. An ordinary run does little; environment variables ask for more.</summary>
internal static class Scale
{
    /// <summary>How many bad clients there are at a time: <c>ABUSE_CLIENTS</c>, say 800.</summary>
    public static int Clients { get; } = (int)Number("ABUSE_CLIENTS", 60);

    /// <summary>How long they go on: <c>ABUSE_SECONDS</c>, say 60.</summary>
    public static TimeSpan Abuse { get; } = TimeSpan.FromSeconds(Number("ABUSE_SECONDS", 0.3));

    /// <summary>How many connections are opened and reset: <c>ABUSE_CONNECTIONS</c>, say 20000.</summary>
    public static int Connections { get; } = (int)Number("ABUSE_CONNECTIONS", 2_000);

    /// <summary>How long files are changed under load: <c>SOAK_SECONDS</c>, say 1800.</summary>
    public static TimeSpan Soak { get; } = TimeSpan.FromSeconds(Number("SOAK_SECONDS", 3));

    private static double Number(string variable, double otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
