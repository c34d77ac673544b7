namespace Coroutines.Tests.Host;

/// <summary>The values of <c>--poller</c> that this system has.</summary>
internal static class Pollers
{
    public static string[] All { get; } = OperatingSystem.IsLinux() ? ["select", "epoll", "auto"] : ["select", "auto"];

    /// <summary>Without the one that is made of the others.</summary>
    public static string[] Plain { get; } = OperatingSystem.IsLinux() ? ["select", "epoll"] : ["select"];
}
