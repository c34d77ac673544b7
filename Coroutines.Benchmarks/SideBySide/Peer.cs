using System.Diagnostics;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>A server that is measured.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Version">And which version of it.</param>
/// <param name="Start">How it is started to do some work.</param>
internal sealed record Peer(string Name, string Version, Func<Work, ProcessStartInfo> Start)
{
    /// <summary>Where it listens, if it doesn't tell.</summary>
    public int? Port { get; init; }

    /// <summary>Whether it can do some work at all.</summary>
    public Predicate<Work> Takes { get; init; } = _ => true;
}
