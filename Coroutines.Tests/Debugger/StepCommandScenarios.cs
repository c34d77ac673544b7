using Coroutines.Tests.Host;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: the debugger at a terminal, as it is started there.</summary>
[Platform("Linux")]
public sealed class StepCommandScenarios : IDisposable
{
    private readonly SiteFolder folder = new();
    private readonly ServerProcess server;

    public StepCommandScenarios()
    {
        folder.WriteText("index.html", "hello");
        server = ServerProcess.Step(folder.Path);
        server.Output.WaitFor("[1] Turn 1: #1 'server' is resumed next.");
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Commands_are_answered_and_a_client_is_served_when_it_goes_on()
    {
        WhenItIsTold("step", "  #1 'server' is resumed");
        WhenItIsTold("step 0", "'0' is no number of times; one is 1 to 10000, such as 3.");
        WhenItIsTold("turn x", "'x' is no number of times");
        WhenItIsTold("ps", "HttpServer.Serve at HttpServer.cs:");
        WhenItIsTold("where 1", "#1 'server', waits for JoinScope");
        WhenItIsTold("where 77", "There is no coroutine '77'; there are #1");
        WhenItIsTold("sets", "asked  READ {} WRITE {} without blocking");
        WhenItIsTold("net", "No client is connected.");
        WhenItIsTold("break fd=9", "fd=9");
        WhenItIsTold("break nonsense", "'nonsense' is no breakpoint; one is co=6");
        WhenItIsTold("break off", "There are no breakpoints.");
        WhenItIsTold("faults send=5", "receive without a limit, send <= 5 bytes");
        WhenItIsTold("faults nonsense", "'nonsense' is no fault");
        WhenItIsTold("faults reset=3", "fd 3 isn't a client's; no client is connected.");
        WhenItIsTold("faults off", "receive without a limit, send without a limit");
        WhenItIsTold("back", "[1] Turn 1");
        WhenItIsTold("back", "There is no such moment");
        WhenItIsTold("dance", "There is no command 'dance'; 'help' lists them.");
        WhenItIsTold("help", "resume one coroutine, or take one poll");
        WhenItIsTold("continue", "It runs; 'pause' has it stand still.");
        using var client = server.Connect();
        client.Get("/index.html", "Connection: close\r\n");
        client.ReceiveAnswer().Content.Length.ShouldBe(5);
        ThenItEnds("quit");
    }

    [Test]
    public void Without_more_commands_it_stops_in_good_order() => ThenItEnds(null);

    private void WhenItIsTold(string command, string answer)
    {
        server.Tell(command);
        server.Output.WaitFor(answer);
    }

    private void ThenItEnds(string? command)
    {
        if (command is not null)
            server.Tell(command);
        server.EndInput();
        server.WaitForExit().ShouldBe(0, server.Errors.ToString());
        server.Errors.Lines.ShouldNotContain(line => line.Contains("ERROR"));
    }
}
