using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: clients that have gone, however they went, leave nothing behind. (A server that keeps a descriptor at
/// its end among those to be read computes for ever, and runs out of descriptors.)</summary>
[Platform("Linux")]
[TestFixtureSource(typeof(Model), nameof(Model.Names))]
public sealed class DepartedClientScenarios : IDisposable
{
    private const int RoundsBefore = 1;
    private const int Rounds = 6;
    private const int IdleTicks = 5;

    private static readonly Action<WireClient>[] Departures =
    [
        client => client.Dispose(),
        client => client.Reset(),
        client => Leave(client, "GET /pa"),
        client => Leave(client, "GET /page.bin HTTP/1.1\r\nHost: a\r\n\r\n"),
        client => ResetAfter(client, "GET /page.bin HTTP/1.1\r\nHost: a\r\n\r\n"),
    ];

    private readonly SiteFolder folder = new();
    private readonly byte[] page;
    private readonly ServerProcess server;
    private readonly Children children;

    public DepartedClientScenarios(string model)
    {
        page = folder.WriteBytes("page.bin", 1_000);
        server = ServerProcess.Serve(folder.Path, "--model", model);
        children = new(server.Id);
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Nothing_is_kept_of_them()
    {
        WhenClientsComeAndGo(RoundsBefore);
        var descriptors = children.DescriptorsOfParent();

        WhenClientsComeAndGo(Rounds);

        SpinWait
            .SpinUntil(
                () => children.DescriptorsOfParent() <= descriptors + Children.RuntimesOwn,
                ServerProcess.Patience
            )
            .ShouldBeTrue($"{descriptors} descriptors have become {children.DescriptorsOfParent()}.");
        server.TicksOfAnIdleSecond().ShouldBeLessThanOrEqualTo(IdleTicks);
    }

    private void WhenClientsComeAndGo(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            foreach (var depart in Departures)
                depart(server.Connect());
        }
        using var last = server.Connect();
        last.Get("/page.bin", "Connection: close\r\n");
        last.ReceiveToEnd().AsSpan().EndsWith(page).ShouldBeTrue();
        SpinWait.SpinUntil(() => children.All().Count == 0, ServerProcess.Patience).ShouldBeTrue();
    }

    private static void Leave(WireClient client, string request)
    {
        client.Send(request);
        client.Dispose();
    }

    private static void ResetAfter(WireClient client, string request)
    {
        client.Send(request);
        client.Reset();
    }
}
