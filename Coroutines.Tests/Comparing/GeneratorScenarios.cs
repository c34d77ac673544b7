using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Coroutines.Sockets;
using Coroutines.Tests.Host;
using global::Server.Host.Comparing;

namespace Coroutines.Tests.Comparing;

/// <summary>Feature: what the load claims is what the server saw, and about what another generator measures.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed partial class GeneratorScenarios : IDisposable
{
    private const int Clients = 8;

    // Neither has the machine for itself, and each is as fast as its own code.
    private const double Factor = 5;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    private readonly SiteFolder folder = new();
    private readonly Page page;

    public GeneratorScenarios() => page = new("/index.html", folder.WriteBytes("index.html", 1_000));

    public void Dispose() => folder.Dispose();

    [TestCase("coroutines", nameof(ConnectionUse.Persistent))]
    [TestCase("coroutines", nameof(ConnectionUse.OneRequest))]
    [TestCase("iterative", nameof(ConnectionUse.Persistent))] // which ends connections that others wait for
    public void The_access_log_has_a_line_for_each_answer(string model, string use)
    {
        using var logs = new SiteFolder();
        var log = logs.PathOf("access.log");
        using var server = ServerProcess.Serve(folder.Path, "--model", model, "--access-log", log);

        var result = Load(server, Enum.Parse<ConnectionUse>(use));
        server.Stop().ShouldBe(0, server.Errors.ToString());

        result.AnsweredInAll.ShouldBeGreaterThan(100);
        result.AnsweredInAll.ShouldBe(File.ReadLines(log).LongCount());
        (result.Refused, result.Wrong, result.Unserved).ShouldBe((0, 0, 0));
    }

    [Test]
    public void Wrk_measures_about_the_same()
    {
        using var server = ServerProcess.Serve(folder.Path);
        Load(server, ConnectionUse.Persistent); // the server is warm for both

        var before = server.ProcessorTicks;
        var result = Load(server, ConnectionUse.Persistent);
        var ticks = server.ProcessorTicks - before;
        var report = Tool.Run("wrk", "-t1", $"-c{Clients}", "-d1s", $"{server.Address}index.html").Text;
        var requests = double.Parse(
            RequestsPerSecond().Match(report).Groups[1].ValueSpan,
            CultureInfo.InvariantCulture
        );

        TestContext.Out.WriteLine($"{result.RequestsPerSecond:F0} requests/s, wrk {requests:F0}");
        result.RequestsPerSecond.ShouldBeInRange(requests / Factor, requests * Factor);
        result.ProcessorTime.ShouldBeInRange(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10 * ticks));
    }

    [Test]
    public void A_server_that_serves_something_else_gets_no_credit()
    {
        using var server = ServerProcess.Serve(folder.Path);
        folder.WriteText("index.html", new string('x', 1_000)); // the length is right

        var result = Load(server, ConnectionUse.Persistent);

        result.Answered.ShouldBe(0);
        result.Wrong.ShouldBeGreaterThan(0);
        result.Unserved.ShouldBe(Clients);
    }

    private LoadResult Load(ServerProcess server, ConnectionUse use)
    {
        using var scheduler = new Scheduler();
        var tree = new ProcessTree(server.Id);
        var load = new Load(
            new LoadPlan(Clients, use, page, Duration),
            () => Connection.Connect(new IPEndPoint(IPAddress.Loopback, server.Port)),
            () => tree.Usage().ProcessorTime,
            TimeProvider.System
        );
        var running = scheduler.Spawn(load.Run(), "load");
        scheduler.Run();
        return (LoadResult)running.Result!;
    }

    [GeneratedRegex(@"Requests/sec: *([\d.]+)")]
    private static partial Regex RequestsPerSecond();
}
