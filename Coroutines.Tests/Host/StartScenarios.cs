using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Host;

/// <summary>Feature: the server starts as its command line says, or tells in one line why it doesn't.</summary>
public sealed class StartScenarios : IDisposable
{
    private readonly SiteFolder folder = new();

    public StartScenarios() => folder.WriteText("index.html", "welcome");

    public void Dispose() => folder.Dispose();

    [Test]
    public void It_says_what_it_serves_and_where()
    {
        using var server = ServerProcess.Serve(folder.Path);

        server.Output.Lines.ShouldBe([$"Serving {folder.Path} at {server.Address} (Ctrl+C stops)"]);
    }

    [Test, Platform("Linux")]
    public void It_serves_as_variables_and_a_file_say()
    {
        folder.WriteText("site.json", $$"""{ "root": "{{folder.Path}}", "max-requests": 1, "port": 1 }""");
        using var server = ServerProcess.ServeByVariables(
            "COROUTINES_PORT=0",
            $"COROUTINES_CONFIG={folder.PathOf("site.json")}"
        );

        using var client = server.Connect();
        client.Get("/");
        client.ReceiveAnswer().Content.ShouldBe("welcome"u8.ToArray());
        client.ReceiveToEnd().ShouldBeEmpty(); // after the only request that is allowed
    }

    // The runtime would fail at whichever of its parts it loads next.
    [TestCase("64"), Platform("Linux")]
    [TestCase("100")]
    [TestCase("200", "--workers", "64")]
    public void Too_few_descriptors_are_told_in_one_line(string limit, params string[] options)
    {
        var descriptors = int.Parse(limit, CultureInfo.InvariantCulture);
        using var server = ServerProcess.StartWithin(descriptors, ["0", folder.Path, .. options]);

        server.WaitForExit().ShouldBe(1);
        server
            .Errors.Lines.ShouldHaveSingleItem()
            .ShouldBe($"'ulimit -n' allows {limit} descriptors, too few to serve anybody; 1024 are usual.");
    }

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public void It_answers_on_both_loopback_addresses(string address)
    {
        NeedsAddress(address);
        using var server = ServerProcess.Serve(folder.Path);

        ContentAt(address, server.Port).ShouldBe("welcome"u8.ToArray());
    }

    [TestCase("0.0.0.0", "127.0.0.1")]
    [TestCase("::1", "::1")]
    [TestCase("127.0.0.1", "127.0.0.1")]
    public void It_listens_on_the_address_that_it_is_given(string host, string address)
    {
        NeedsAddress(host);
        using var server = ServerProcess.Serve(folder.Path, "--host", host);

        ContentAt(address, server.Port).ShouldBe("welcome"u8.ToArray());
    }

    [Test]
    public void It_does_not_listen_on_the_other_loopback_address_then()
    {
        using var server = ServerProcess.Serve(folder.Path, "--host", "127.0.0.1");

        Should
            .Throw<SocketException>(() => ContentAt("::1", server.Port))
            .SocketErrorCode.ShouldBeOneOf(SocketError.ConnectionRefused, SocketError.AddressNotAvailable);
    }

    [Test]
    public void A_port_in_use_is_told_in_one_line()
    {
        using var first = ServerProcess.Serve(folder.Path);
        var port = first.Port.ToString(CultureInfo.InvariantCulture);
        using var second = ServerProcess.Start(port, folder.Path);

        ThenItFails(second, exitCode: 1, $"Port {port} is in use");
    }

    [Test]
    public void A_missing_folder_is_told_in_one_line()
    {
        using var server = ServerProcess.Start("0", folder.PathOf("missing"));

        ThenItFails(server, exitCode: 1, folder.PathOf("missing"));
    }

    [TestCase("--log-file")]
    [TestCase("--access-log")]
    public void A_log_file_that_cannot_be_written_is_told_in_one_line(string option)
    {
        var path = Path.Combine(folder.PathOf("missing"), "log");
        using var server = ServerProcess.Start("0", folder.Path, option, path);

        ThenItFails(server, exitCode: 1, path);
    }

    [TestCase("--bogus", "--bogus")]
    [TestCase("--poller", "--poller", "kqueue")]
    [TestCase("--grace", "--grace", "soon")]
    [TestCase("--host", "--host", "example.org")]
    public void A_wrong_option_is_told_and_help_is_named(string name, params string[] options)
    {
        using var server = ServerProcess.Start(["0", folder.Path, .. options]);

        server.WaitForExit().ShouldBe(2);
        server.Errors.Lines.Count.ShouldBe(2);
        server.Errors.Lines[0].ShouldContain(name);
        server.Errors.Lines[1].ShouldContain("--help");
    }

    [Test]
    public void What_the_model_has_no_use_for_is_told_and_a_limit_that_it_would_not_keep_is_refused()
    {
        using var server = ServerProcess.Serve(folder.Path, "--model", "threads", "--poller", "select");
        server.Stop().ShouldBe(0);
        server
            .Errors.Lines[0]
            .ShouldEndWith("WARN  An option has no effect: --poller goes with --model coroutines, not threads.");
        using var refused = ServerProcess.Start("0", folder.Path, "--max-threads", "5");
        refused.WaitForExit().ShouldBe(2);
        refused.Errors.Lines[0].ShouldBe("--max-threads goes with --model threads, not coroutines.");
    }

    [TestCase(2, "child-of-web")]
    [TestCase(1, "child-of-web", "me", "you")]
    public void What_it_tells_its_children_is_no_command_for_people(int exitCode, params string[] arguments)
    {
        using var server = ServerProcess.Start(arguments);

        server.WaitForExit().ShouldBe(exitCode);
        server.Errors.ToString().ShouldNotContain("   at "); // no stack trace
    }

    [TestCase("--help", "--access-log")]
    [TestCase("--version", "0.")]
    public void What_it_is_asked_about_itself_it_answers(string option, string part)
    {
        using var server = ServerProcess.Start(option);

        server.WaitForExit().ShouldBe(0);
        server.Output.ToString().ShouldContain(part);
        server.Errors.Lines.ShouldBeEmpty();
    }

    [Test, Platform(Exclude = "Win")]
    public void It_starts_again_on_a_port_whose_clients_were_just_connected()
    {
        using var first = ServerProcess.Serve(folder.Path);
        using var client = first.Connect();
        client.Get("/");
        client.ReceiveAnswer();
        first.Stop(); // the server closes first: its side of the connection lingers in the system

        using var second = ServerProcess.Start(first.Port.ToString(CultureInfo.InvariantCulture), folder.Path);

        second.Output.WaitFor("Serving").ShouldContain(first.Address);
    }

    // A container may be without IPv6, whatever its system supports.
    private static void NeedsAddress(string address)
    {
        var local = IPAddress.Parse(address);
        try
        {
            using var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(local, 0));
        }
        catch (SocketException)
        {
            Assert.Ignore($"{address} isn't an address of this machine.");
        }
    }

    private static byte[] ContentAt(string address, int port)
    {
        using var client = new WireClient(new(IPAddress.Parse(address), port));
        client.Get("/");
        return client.ReceiveAnswer().Content;
    }

    private static void ThenItFails(ServerProcess server, int exitCode, string message)
    {
        server.WaitForExit().ShouldBe(exitCode);
        server.Errors.Lines.Count.ShouldBe(1, server.Errors.ToString());
        server.Errors.Lines[0].ShouldContain(message);
        server.Output.Lines.ShouldBeEmpty();
    }
}
