using System.Globalization;
using System.Net;
using System.Text;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.SeveralWorkers;

/// <summary>A server with two workers, in a process of its own, and what its admin port tells of them.</summary>
internal sealed class ServedByTwo : IDisposable
{
    private static readonly string[] Options = ["--workers", "2", "--admin-port", "0"];

    private ServedByTwo(ServerProcess process) => Process = process;

    public ServerProcess Process { get; }

    private int AdminPort => new Uri(Process.Output.WaitFor("Admin at ").Split(' ')[2]).Port;

    /// <summary>Serves a folder.</summary>
    public static ServedByTwo Serve(SiteFolder folder, params string[] options) =>
        new(ServerProcess.Serve(folder.Path, [.. Options, .. options]));

    /// <summary>The same, with no more than some descriptors.</summary>
    public static ServedByTwo ServeWithin(int descriptors, SiteFolder folder, params string[] options) =>
        new(ServerProcess.ServeWithin(descriptors, folder.Path, [.. Options, .. options]));

    /// <summary>A metric of each worker.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="labels">Its labels, besides that of the worker.</param>
    public long[] Metric(string name, string labels = "")
    {
        var lines = Ask("/metrics").Split('\n');
        return
        [
            .. Enumerable
                .Range(1, 2)
                .Select(worker => ValueOf($"{name}{{coroutines_scheduler=\"worker {worker}\"{labels}}} ")),
        ];

        long ValueOf(string start) =>
            long.Parse(
                lines.Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..],
                CultureInfo.InvariantCulture
            );
    }

    /// <summary>What the admin port answers, without its head.</summary>
    public string Ask(string path)
    {
        using var client = new WireClient(new(IPAddress.Loopback, AdminPort));
        client.Send($"GET {path} HTTP/1.1\r\nHost: localhost:{AdminPort}\r\nConnection: close\r\n\r\n");
        client.ReceiveHead();
        return Encoding.UTF8.GetString(client.ReceiveToEnd());
    }

    /// <summary>Connects so many clients.</summary>
    public List<WireClient> Connect(int clients) => [.. Enumerable.Range(0, clients).Select(_ => Process.Connect())];

    public void Dispose() => Process.Dispose();
}
