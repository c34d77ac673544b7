using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: a child inherits what it needs, and nothing else. (With a copy of another client's connection, it
/// would keep that open after its server closes it; with one of the listener's, the port would stay in use.)</summary>
[Platform("Linux")]
public sealed class InheritedDescriptorScenarios : IDisposable
{
    private readonly SiteFolder folder = new();
    private readonly ServerProcess server;

    public InheritedDescriptorScenarios()
    {
        folder.WriteBytes("page.bin", 1_000);
        server = ServerProcess.Serve(folder.Path, "--model", Model.Processes);
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void A_child_has_its_client_alone()
    {
        using var first = Answered();
        using var second = Answered();
        var children = new Children(server.Id);
        var sockets = children.All().Select(Children.ConnectionsOf).ToList();

        sockets.Count.ShouldBe(2);
        sockets.ShouldAllBe(own => own.Count == 1);
        sockets[0].Overlaps(sockets[1]).ShouldBeFalse();
        children.ConnectionsOfParent().Count.ShouldBe(1); // its listener; its copies of the clients are closed
    }

    private WireClient Answered()
    {
        var client = server.Connect();
        client.Get("/page.bin");
        client.ReceiveAnswer();
        return client;
    }
}
