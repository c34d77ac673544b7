using System.Net.Sockets;

namespace Coroutines.Tests.Host;

/// <summary>Feature: a signal has the server finish what is under way, and end.</summary>
[Platform(Exclude = "Win")]
public sealed class StopScenarios : IDisposable
{
    // More than the system's buffers hold between the two, so that the client decides when the answer has been sent.
    private const int LargeBytes = 16_000_000;
    private const int SmallBuffer = 16 * 1024;

    private readonly SiteFolder folder = new();
    private readonly byte[] large;

    public StopScenarios()
    {
        folder.WriteText("index.html", "welcome");
        large = folder.WriteBytes("large.bin", LargeBytes);
    }

    public void Dispose() => folder.Dispose();

    [TestCase(ServerProcess.SigTerm)]
    [TestCase(ServerProcess.SigInt)]
    public void An_idle_server_ends_at_once_and_lets_its_clients_go(int signal)
    {
        using var server = ServerProcess.Serve(folder.Path, "--grace", "3600");
        using var silent = server.Connect();
        using var idle = server.Connect();
        idle.Get("/");
        idle.ReceiveAnswer();

        server.Signal(signal);

        server.WaitForExit().ShouldBe(0);
        idle.ReceiveToEnd().ShouldBeEmpty();
        silent.ReceiveToEnd().ShouldBeEmpty();
    }

    [Test]
    public void An_answer_under_way_is_finished()
    {
        using var server = ServerProcess.Serve(folder.Path, "--grace", "3600");
        using var reader = BeginLargeAnswer(server);

        server.Signal(ServerProcess.SigTerm);
        server.Errors.WaitFor("answers under way: 1.");

        reader.ReceiveToEnd().ShouldBeBytes(large);
        server.WaitForExit().ShouldBe(0);
    }

    [Test]
    public void Nobody_is_accepted_any_more()
    {
        using var server = ServerProcess.Serve(folder.Path, "--grace", "3600");
        using var reader = BeginLargeAnswer(server);

        server.Signal(ServerProcess.SigTerm);
        server.Errors.WaitFor("Stopping");

        Should.Throw<SocketException>(() => server.Connect().Dispose());
    }

    [Test]
    public void An_answer_that_takes_longer_than_the_grace_time_is_cut_off()
    {
        using var server = ServerProcess.Serve(folder.Path, "--grace", "0.2");
        using var reader = BeginLargeAnswer(server);

        server.Stop().ShouldBe(0);

        server.Errors.ToString().ShouldContain("connections cut off: 1.");
        reader.ReceiveToEnd().Length.ShouldBeLessThan(LargeBytes);
    }

    [TestCase(ServerProcess.SigTerm, 143)]
    [TestCase(ServerProcess.SigInt, 130)]
    public void A_second_signal_ends_it_at_once(int signal, int exitCode)
    {
        using var server = ServerProcess.Serve(folder.Path, "--grace", "3600");
        using var reader = BeginLargeAnswer(server);
        server.Signal(signal);
        server.Errors.WaitFor("Stopping");

        server.Signal(signal);

        server.WaitForExit().ShouldBe(exitCode);
    }

    [Test]
    public void Every_answer_is_in_the_access_log_then()
    {
        var log = folder.PathOf("access.log");
        using var server = ServerProcess.Serve(folder.Path, "--access-log", log);
        using var client = server.Connect();
        for (var count = 0; count < 500; count++)
        {
            client.Get("/");
            client.ReceiveAnswer();
        }

        server.Stop();

        File.ReadAllLines(log).Length.ShouldBe(500);
    }

    [Test]
    public void Every_answer_is_in_the_access_log_even_after_a_second_signal()
    {
        var log = folder.PathOf("access.log");
        using var server = ServerProcess.Serve(folder.Path, "--grace", "3600", "--access-log", log);
        using var reader = BeginLargeAnswer(server);
        using var client = server.Connect();
        for (var count = 0; count < 500; count++)
        {
            client.Get("/");
            client.ReceiveAnswer();
        }
        server.Signal(ServerProcess.SigTerm);
        server.Errors.WaitFor("Stopping");

        server.Signal(ServerProcess.SigTerm);
        server.WaitForExit();

        File.ReadAllLines(log).Length.ShouldBe(500);
    }

    private static WireClient BeginLargeAnswer(ServerProcess server)
    {
        var reader = new WireClient(new(System.Net.IPAddress.Loopback, server.Port), SmallBuffer);
        reader.Get("/large.bin");
        reader.ReceiveHead();
        return reader;
    }
}
