using System.Text.RegularExpressions;
using global::Server.Host.Models;

namespace Coroutines.Tests.Host;

/// <summary>Feature: each answer is one line of the access log, in Combined format.</summary>
public sealed partial class AccessLogScenarios : IDisposable
{
    private const int Clients = 50;
    private const int RequestsOfEach = 20;

    private readonly SiteFolder folder = new();

    public AccessLogScenarios() => folder.WriteText("index.html", "welcome");

    public void Dispose() => folder.Dispose();

    [Test]
    public void Parallel_requests_are_as_many_lines_of_a_file()
    {
        var log = folder.PathOf("access.log");
        using var server = ServerProcess.Serve(folder.Path, "--access-log", log);

        WhenManyClientsAsk(server);

        ThenEachRequestIsALine(File.ReadAllLines(log));
    }

    [Test]
    public void They_are_lines_of_standard_output_if_one_likes()
    {
        using var server = ServerProcess.Serve(folder.Path, "--access-log", "-");

        WhenManyClientsAsk(server);

        ThenEachRequestIsALine([.. server.Output.Lines.Skip(1)]);
    }

    [Test]
    public void A_file_that_exists_is_continued()
    {
        var log = folder.PathOf("access.log");
        folder.WriteText("access.log", "an older line\n");
        using var server = ServerProcess.Serve(folder.Path, "--access-log", log);

        WhenManyClientsAsk(server);

        File.ReadLines(log).First().ShouldBe("an older line");
        ThenEachRequestIsALine([.. File.ReadLines(log).Skip(1)]);
    }

    [Platform("Linux")]
    [TestCase(Model.Coroutines)]
    [TestCase(Model.Processes)]
    public void A_log_that_cannot_be_written_costs_nobody_an_answer(string model)
    {
        using var server = ServerProcess.Serve(folder.Path, "--model", model, "--access-log", "/dev/full");
        using var client = server.Connect();
        client.Get("/");
        client.ReceiveAnswer().Status.ShouldBe(200);
        client.Dispose();
        server.Stop().ShouldBe(0);
        server.Errors.ToString().ShouldContain("The access log can't be written, lines are lost: ");
    }

    [Test]
    [Platform("Linux")]
    public void A_child_goes_without_a_log_that_is_a_folder_by_now()
    {
        var log = folder.PathOf("access.log");
        using var server = ServerProcess.Serve(folder.Path, "--model", Model.Processes, "--access-log", log);
        File.Delete(log);
        Directory.CreateDirectory(log);
        using var client = server.Connect();
        client.Get("/");
        client.ReceiveAnswer().Status.ShouldBe(200);
    }

    private static void WhenManyClientsAsk(ServerProcess server)
    {
        var clients = Enumerable.Range(0, Clients).Select(_ => server.Connect()).ToList();
        for (var round = 0; round < RequestsOfEach; round++)
        {
            for (var client = 0; client < Clients; client++)
                clients[client].Get($"/?{round * Clients + client}", "User-Agent: a \"quoted\" one\r\n");
            clients.ForEach(client => client.ReceiveAnswer());
        }
        clients.ForEach(client => client.Dispose());
        server.Stop().ShouldBe(0);
    }

    private static void ThenEachRequestIsALine(string[] lines)
    {
        lines.ShouldAllBe(line => Combined().IsMatch(line));
        var asked = lines.Select(line => int.Parse(Combined().Match(line).Groups[1].ValueSpan));
        asked.Order().ShouldBe(Enumerable.Range(0, Clients * RequestsOfEach));
    }

    [GeneratedRegex(
        """^127\.0\.0\.1 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "GET /\?(\d+) HTTP/1\.1" 200 7 "-" "a \\x22quoted\\x22 one"$"""
    )]
    private static partial Regex Combined();
}
