using System.Net.Sockets;
using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: each of the lecture's ways to serve many clients serves them, stops in good order, and holds up whom
/// it must.</summary>
[Platform("Linux")]
[TestFixtureSource(typeof(Model), nameof(Model.Names))]
public sealed class ModelScenarios(string model) : IDisposable
{
    private const int IdleTicks = 5;
    private const int Clients = 20;
    private const int Descriptors = 160; // the runtime itself takes some seventy

    private readonly SiteFolder folder = new();
    private readonly List<ServerProcess> started = [];

    public void Dispose()
    {
        started.ForEach(server => server.Dispose());
        folder.Dispose();
    }

    [Test]
    public void Twenty_clients_at_once_get_every_byte()
    {
        var page = folder.WriteBytes("page.bin", 300_000);
        var server = Serve();
        Parallel.For(
            0,
            Clients,
            new ParallelOptions { MaxDegreeOfParallelism = Clients },
            _ =>
            {
                using var client = server.Connect();
                client.Get("/page.bin", "Connection: close\r\n");
                client.ReceiveAnswer().Content.ShouldBeBytes(page);
            }
        );
    }

    [Test]
    public void A_silent_client_holds_up_nobody_but_the_server_that_serves_one_at_a_time()
    {
        var page = folder.WriteBytes("page.bin", 1_000);
        var server = Serve("--head-timeout", "2");
        using var silent = server.Connect();
        using var client = server.Connect();

        client.Get("/page.bin");
        client.ReceiveAnswer().Content.ShouldBeBytes(page);

        // Whether the silent one was let go before the other one was served: iterative must, the others needn't.
        silent.IsClosedByServer.ShouldBe(model == Model.Iterative);
    }

    [Test]
    public void A_slow_reader_holds_up_nobody_but_the_server_that_serves_one_at_a_time()
    {
        if (model == Model.Iterative)
            Assert.Pass("It holds up everybody: that is its point.");
        var page = folder.WriteBytes("page.bin", 1_000);
        folder.WriteBytes("large.bin", 20_000_000);
        var server = Serve();
        using var slow = server.Connect();
        slow.Get("/large.bin");
        using var client = server.Connect();
        client.Get("/page.bin");
        client.ReceiveAnswer().Content.ShouldBeBytes(page);
    }

    [Test]
    public void It_waits_without_working()
    {
        folder.WriteBytes("page.bin", 1_000);
        var server = Serve();
        using var idle = server.Connect();
        idle.Get("/page.bin");
        idle.ReceiveAnswer();
        server.TicksOfAnIdleSecond().ShouldBeLessThanOrEqualTo(IdleTicks);
    }

    [Test]
    public void It_stops_in_good_order_with_an_idle_client()
    {
        folder.WriteBytes("page.bin", 1_000);
        var server = Serve();
        using var idle = server.Connect();
        idle.Get("/page.bin");
        idle.ReceiveAnswer();

        server.Stop().ShouldBe(0, server.Errors.ToString());
        idle.ReceiveToEnd().ShouldBeEmpty();
        server.Errors.Lines.ShouldNotContain(line => line.Contains("WARN") || line.Contains("ERROR"));
    }

    [Test]
    public void An_answer_under_way_is_finished_when_it_stops()
    {
        var large = folder.WriteBytes("large.bin", 8_000_000);
        var server = Serve();
        using var client = server.Connect();
        client.Get("/large.bin");
        client.ReceiveHead();

        server.Signal(ServerProcess.SigTerm);
        server.Errors.WaitFor("Stopping");

        client.ReceiveToEnd().ShouldBeBytes(large);
        server.WaitForExit().ShouldBe(0, server.Errors.ToString());
    }

    [Test]
    public void An_answer_that_is_not_taken_is_cut_off_after_the_grace_time()
    {
        folder.WriteBytes("large.bin", 20_000_000);
        var server = Serve("--grace", "0.5");
        using var client = server.Connect();
        client.Get("/large.bin");
        client.ReceiveHead();

        server.Stop().ShouldBe(0, server.Errors.ToString());
        server.Errors.Lines.ShouldContain(line => line.Contains("grace time is over"));
    }

    [Test]
    public void A_broken_connection_ends_nobody_else()
    {
        var page = folder.WriteBytes("page.bin", 1_000);
        folder.WriteBytes("large.bin", 8_000_000);
        var server = Serve();
        using (var broken = server.Connect())
        {
            broken.Get("/large.bin");
            broken.ReceiveHead();
            broken.Reset();
        }
        using var client = server.Connect();
        client.Get("/page.bin");
        client.ReceiveAnswer().Content.ShouldBeBytes(page);
    }

    [Test]
    public void Each_answer_has_a_line_in_the_access_log()
    {
        folder.WriteBytes("page.bin", 1_000);
        using var logs = new SiteFolder();
        var log = logs.PathOf("access.log");
        var server = Serve("--access-log", log);
        for (var i = 0; i < 5; i++)
        {
            using var client = server.Connect();
            client.Get($"/page.bin?{i}", "Connection: close\r\n");
            client.ReceiveToEnd();
        }
        server.Stop().ShouldBe(0, server.Errors.ToString());
        var lines = File.ReadAllLines(log);
        lines.Length.ShouldBe(5);
        for (var i = 0; i < 5; i++)
            lines.ShouldContain(line => line.Contains($"\"GET /page.bin?{i} HTTP/1.1\" 200 1000"));
    }

    [Test]
    public void Nothing_is_found_while_the_root_is_gone()
    {
        folder.WriteBytes("page.bin", 1_000);
        var server = Serve();
        Ask(server).ShouldContain(" 200 ");
        Directory.Move(folder.Path, folder.Path + "-gone");

        Enumerable.Range(0, 3).Select(i => Ask(server, $"/{i}.bin")).ShouldAllBe(head => head.Contains(" 404 "));

        Directory.Move(folder.Path + "-gone", folder.Path);
        Ask(server).ShouldContain(" 200 ");
    }

    [Test]
    public void It_goes_on_when_it_is_asked_where_it_stands()
    {
        folder.WriteBytes("page.bin", 1_000);
        var server = Serve();

        server.Signal(ServerProcess.SigQuit);

        server.Errors.WaitFor(model == Model.Coroutines ? "Where the coroutines stand" : "has no coroutines");
        Ask(server).ShouldContain(" 200 ");
    }

    [Test]
    public void Nobody_is_accepted_once_it_stops()
    {
        folder.WriteBytes("large.bin", 20_000_000);
        var server = Serve("--grace", "3600");
        using var slow = server.Connect();
        slow.Get("/large.bin");
        slow.ReceiveHead();

        server.Signal(ServerProcess.SigTerm);
        server.Errors.WaitFor("Stopping");

        IsRefusedSoon(server).ShouldBeTrue();
    }

    [Test]
    public void It_stops_in_good_order_when_there_is_no_descriptor_left()
    {
        var server = ServerProcess.ServeWithin(Descriptors, folder.Path, ["--model", model, "--head-timeout", "600"]);
        started.Add(server);
        var clients = Enumerable.Range(0, Descriptors).Select(_ => server.Connect()).ToList();
        if (model is Model.Coroutines or Model.Events or Model.Threads)
            server.Errors.WaitFor("Out of descriptors");

        server.Stop().ShouldBe(0, server.Errors.ToString());

        clients.ForEach(client => client.Dispose());
    }

    // That it stops is told a moment before the listeners are closed.
    private static bool IsRefusedSoon(ServerProcess server)
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            try
            {
                server.Connect().Dispose();
            }
            catch (SocketException refused)
            {
                return refused.SocketErrorCode == SocketError.ConnectionRefused;
            }
        }
        return false;
    }

    private static string Ask(ServerProcess server, string path = "/page.bin")
    {
        using var client = server.Connect();
        client.Get(path, "Connection: close\r\n");
        return System.Text.Encoding.ASCII.GetString(client.ReceiveHead());
    }

    private ServerProcess Serve(params string[] options)
    {
        var server = ServerProcess.Serve(folder.Path, ["--model", model, .. options]);
        started.Add(server);
        return server;
    }
}
