using System.Text.RegularExpressions;

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
