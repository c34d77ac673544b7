using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Server.Host.Comparing;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>A server that runs on the first core, or on as many as it has workers. Disposing it ends it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class RunningPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Process process;
    private (string, string)[]? fields;

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <exception cref="MissingException">It doesn't, in ten seconds.</exception>
    public RunningPeer(Peer peer, Work work)
    {
        (Name, Work) = (peer.Name, work);
        var start = peer.Start(work);
        start = new("taskset", ["-c", $"0-{work.Workers - 1}", start.FileName, .. start.ArgumentList])
        {
            RedirectStandardOutput = true,
        };
        process = Programs.Start(start, "apt-get install util-linux");
        try
        {
            Address = new(IPAddress.Loopback, peer.Port ?? new Uri(Told("")).Port);
            UntilItListens();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public Work Work { get; }

    public IPEndPoint Address { get; }

    /// <summary>Fields of the request for its work.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => fields ??= [.. Work.Fields.Select(OfItsOwn)];

    /// <summary>What it has computed so far, in the system and out of it.</summary>
    public TimeSpan ProcessorTime =>
        Processes().Aggregate(TimeSpan.Zero, (sum, one) => sum + ProcessorClock.TimeOf(one));

    /// <summary>The memory that it has in use, of all its processes.</summary>
    public long ResidentBytes => Processes().Sum(ResidentMemory.BytesOf);

    /// <summary>The address in the next line of its output that begins so.</summary>
    /// <exception cref="MissingException">There is none.</exception>
    public string Told(string start)
    {
        while (NextLine() is { } line)
            if (line.StartsWith(start, StringComparison.Ordinal))
                if (
                    line.Split(' ').FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal)) is
                    { } it
                )
                    return it;
        throw new MissingException($"{Name} ended before it told where it listens.");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private IReadOnlyCollection<int> Processes() => new ProcessTree(process.Id).Processes();

    private string? NextLine()
    {
        var line = process.StandardOutput.ReadLineAsync();
        return line.Wait(Patience) ? line.Result : throw new MissingException($"{Name} doesn't tell where it listens.");
    }

    private void UntilItListens()
    {
        for (var watch = Stopwatch.StartNew(); ; )
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(Address);
                return;
            }
            catch (SocketException) when (watch.Elapsed < Patience && !process.HasExited)
            {
                Thread.Sleep(Pause);
            }
            catch (SocketException refused)
            {
                throw new MissingException($"{Name} doesn't listen: {refused.Message}");
            }
        }
    }

    private (string, string) OfItsOwn((string Name, string Value) field) =>
        field.Value == Work.ItsTag ? (field.Name, Tag()) : field;

    private string Tag()
    {
        using var client = new HttpClient { Timeout = Patience };
        using var response = client.Send(new(HttpMethod.Get, $"http://{Address}{Work.Path}"));
        return response.Headers.ETag?.ToString() ?? throw new MissingException($"{Name} gives {Work.Path} no tag.");
    }
}
