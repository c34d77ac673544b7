using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: where no more clients are served at a time, one that idles between two requests gives its place to one
/// that waits; one that has sent nothing keeps it.</summary>
[Platform("Linux")]
[TestFixture(Model.Iterative)]
[TestFixture(Model.Processes, "--max-processes", "2")]
[TestFixture(Model.Threads, "--max-threads", "2")]
[Parallelizable] // it waits for other processes most of the time
public sealed class FullModelScenarios : IDisposable
{
    private readonly SiteFolder folder = new();
    private readonly byte[] page;
    private readonly ServerProcess server;
    private readonly int limit;

    public FullModelScenarios(string model, params string[] options)
    {
        page = folder.WriteBytes("page.bin", 1_000);
        limit = model == Model.Iterative ? 1 : 2;
        server = ServerProcess.Serve(
            folder.Path,
            ["--model", model, .. options, "--idle-timeout", "600", "--head-timeout", "3"]
        );
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void An_idle_client_makes_room()
    {
        var idle = Enumerable.Range(0, limit).Select(_ => server.Connect()).ToList();
        idle.ForEach(IsAnswered);
        using var late = server.Connect();
        IsAnswered(late);
        idle.Count(client => client.IsClosedByServer).ShouldBe(1);
        idle.ForEach(client => client.Dispose());
    }

    [Test]
    public void Clients_that_come_one_after_the_other_all_get_a_place()
    {
        for (var i = 0; i < 3 * limit; i++)
            IsAnswered(server.Connect());
    }

    [Test]
    public void A_client_that_has_sent_nothing_keeps_its_place_until_its_time_is_up()
    {
        var silent = Enumerable.Range(0, limit).Select(_ => server.Connect()).ToList();
        using var late = server.Connect();
        IsAnswered(late);
        silent.ShouldContain(client => client.IsClosedByServer); // by --head-timeout, or there would be no place
        silent.ForEach(client => client.Dispose());
    }

    private void IsAnswered(WireClient client)
    {
        client.Get("/page.bin");
        client.ReceiveAnswer().Content.ShouldBeBytes(page);
    }
}
