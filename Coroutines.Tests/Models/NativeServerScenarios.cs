using System.Net;
using System.Text;
using Coroutines.Tests.Docs;
using Coroutines.Tests.Host;
using Coroutines.Tests.Package;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: compiled natively, the server is one executable that needs no runtime, and is its own child. Its path
/// may have blanks in it.</summary>
[Platform("Linux")]
[Parallelizable] // it waits for other processes most of the time
public sealed class NativeServerScenarios : IDisposable
{
    private readonly SiteFolder published = new();
    private readonly SiteFolder folder = new();

    public void Dispose()
    {
        published.Dispose();
        folder.Dispose();
    }

    // The target is a kilobyte; compiled just in time, code that gets hot meanwhile would be counted, too.
    private const int MaxIdleBytes = 1_024;
    private const int IdleClients = 3_000;

    [Test]
    public void It_serves_by_children_keeps_little_for_who_idles_and_says_where_coroutines_stand_as_far_as_it_can()
    {
        var page = folder.WriteBytes("page.bin", 1_000);
        var program = Publish(published.PathOf("a server"));

        using (var server = ServerProcess.ServeBy(program, folder.Path, "--model", Model.Processes))
        {
            for (var i = 0; i < 3; i++)
            {
                using var client = server.Connect();
                client.Get("/page.bin");
                client.ReceiveAnswer().Content.ShouldBeBytes(page);
            }
            server.Stop().ShouldBe(0, server.Errors.ToString());
        }

        using (var server = ServerProcess.ServeBy(program, folder.Path, "--idle-timeout", "600"))
            ThenAnIdleClientTakesAKilobyteAtMost(server);

        using (var server = ServerProcess.ServeBy(program, folder.Path, "--admin-port", "0"))
        {
            ThenItHasMetrics(new Uri(server.Output.WaitFor("Admin at ").Split(' ')[2]));
            server.Signal(ServerProcess.SigQuit);
            server.Errors.WaitFor("natively compiled: lines and variables aren't available");
            server.Stop().ShouldBe(0, server.Errors.ToString());
        }
    }

    private static void ThenAnIdleClientTakesAKilobyteAtMost(ServerProcess server)
    {
        var clients = new List<WireClient>();
        WhenMoreCome(IdleClients / 10);
        var before = server.ResidentBytes;
        WhenMoreCome(IdleClients);
        ((server.ResidentBytes - before) / IdleClients).ShouldBeLessThanOrEqualTo(MaxIdleBytes);
        clients.ForEach(client => client.Dispose());

        void WhenMoreCome(int count)
        {
            for (var i = 0; i < count; i++)
            {
                clients.Add(server.Connect());
                clients[^1].Get("/page.bin");
                clients[^1].ReceiveAnswer();
            }
        }
    }

    private static void ThenItHasMetrics(Uri admin)
    {
        using var client = new WireClient(new(IPAddress.Loopback, admin.Port));
        client.Send($"GET /metrics HTTP/1.1\r\nHost: {admin.Authority}\r\nConnection: close\r\n\r\n");
        var page = Encoding.UTF8.GetString(client.ReceiveToEnd());
        page.ShouldContain("coroutines_alive{coroutines_scheduler=\"server\"} ");
        page.ShouldContain("coroutines_step_duration_seconds_bucket{");
        page.ShouldContain("dotnet_gc_collections_total{");
    }

    private static string Publish(string output)
    {
        Tool.Run("gcc", "--version"); // which links it
        DotNet.Run(Repository.Root, ["publish", "Server.Host", "-p:PublishProfile=NativeAot", "-o", output]);
        return Path.Combine(output, "Server.Host");
    }
}
