namespace Coroutines.Tests.Host;

/// <summary>The values of <c>--poller</c> that this system has.</summary>
internal static class Pollers
{
    public static string[] All { get; } = OperatingSystem.IsLinux() ? ["select", "epoll", "auto"] : ["select", "auto"];
}
