namespace Coroutines.Tests.Host;

/// <summary>Feature: SIGQUIT has the server tell where its coroutines stand, and serve on.</summary>
[Platform(Exclude = "Win")]
public sealed class DumpScenarios : IDisposable
{
    private readonly SiteFolder folder = new();

    public DumpScenarios() => folder.WriteText("index.html", "welcome");

    public void Dispose() => folder.Dispose();

    [Test]
    public void The_log_shows_every_coroutine_and_its_line()
    {
        using var server = ServerProcess.Serve(folder.Path, "--host", "127.0.0.1");
        using var client = server.Connect();
        client.Get("/");
        client.ReceiveAnswer();

        server.Signal(ServerProcess.SigQuit);

        server.Errors.WaitFor("INFO  Where the coroutines stand:");
        server.Errors.WaitFor("#1 'server', waits for JoinScope");
        server.Errors.WaitFor("HttpServer.Accept at HttpServer.cs:");
        server.Errors.WaitFor("HttpConnection.Serve at HttpConnection.cs:");
        ThenItServesOn(server);
    }

    [Test]
    public void So_it_does_if_it_was_started_by_a_script_in_the_background()
    {
        using var server = ServerProcess.ServeInTheBackground(folder.Path);
        using var client = server.Connect();
        client.Get("/");
        client.ReceiveAnswer(); // the loop is on its way

        server.Signal(ServerProcess.SigQuit);

        server.Errors.WaitFor("HttpServer.Accept at HttpServer.cs:");
        ThenItServesOn(server);
    }

    [Test]
    public void It_can_be_asked_again()
    {
        using var server = ServerProcess.Serve(folder.Path);
        for (var time = 1; time <= 3; time++)
        {
            server.Signal(ServerProcess.SigQuit);
            server.Errors.WaitFor("Where the coroutines stand", time);
        }
        ThenItServesOn(server);
    }

    private static void ThenItServesOn(ServerProcess server)
    {
        using var client = server.Connect();
        client.Get("/");
        client.ReceiveAnswer().Content.ShouldBe("welcome"u8.ToArray());
        server.Stop().ShouldBe(0);
    }
}
