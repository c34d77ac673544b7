using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using Coroutines;
using Coroutines.Sync;
using static Coroutines.Wait;

namespace Server.Host.Comparing;

/// <summary>A server in a process of its own. Disposing it ends that process, and those that it has started.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ServerUnderTest : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process process;

    private ServerUnderTest(Process process) => (this.process, Tree) = (process, new(process.Id));

    /// <summary>What it uses.</summary>
    public ProcessTree Tree { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Starts it, and waits until it tells its address; returns it.</summary>
    /// <exception cref="StartException">It can't be started, or tells none.</exception>
    public static IEnumerator<Wait> Start(Candidate candidate)
    {
        var server = new ServerUnderTest(Launch(candidate));
        var isServing = false;
        try
        {
            yield return server.process.StandardOutput.ReadLineAsync().Join(Patience);
            if (Woken.DeadlineReached)
                throw new StartException($"'{candidate.Name}' wrote no address within {Patience.TotalSeconds} s.");
            var line = Woken.Cancelled ? null : Woken.Result<string?>();
            server.Address = new(IPAddress.Loopback, PortIn(line, candidate));
            isServing = true;
        }
        finally
        {
            if (!isServing)
                server.Dispose();
        }
        yield return Return(server);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true); // nothing of it is to be kept, so it needs no good order
        process.WaitForExit();
        process.Dispose();
    }

    private static Process Launch(Candidate candidate)
    {
        candidate.Start.RedirectStandardOutput = true;
        try
        {
            return Process.Start(candidate.Start)!;
        }
        catch (Win32Exception refused)
        {
            throw new StartException($"'{candidate.Name}' can't be started: {refused.Message}");
        }
    }

    private static int PortIn(string? line, Candidate candidate)
    {
        foreach (var word in line?.Split(' ') ?? [])
        {
            if (Uri.TryCreate(word, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
                return address.Port;
        }
        throw new StartException($"'{candidate.Name}' ought to write its address first, but wrote '{line}'.");
    }
}
