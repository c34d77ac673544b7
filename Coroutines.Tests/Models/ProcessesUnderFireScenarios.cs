using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: children come, are killed and go, and the server counts them right, reaps them all, and loses no
/// client but those whose child was killed.</summary>
/// <remarks>Each connection costs the start of a child. The environment variable <c>UNDER_FIRE_CONNECTIONS</c> asks for
/// more of them than an ordinary run makes, say 2000.</remarks>
[Platform("Linux")]
public sealed class ProcessesUnderFireScenarios : IDisposable
{
    private const int OrdinaryConnections = 100;
    private const int Limit = 4;
    private const int Clients = 8;
    private const int OneInSoManyIsKilled = 5;
    private const int WarmUp = 2 * OneInSoManyIsKilled;

    private static readonly int Connections = int.Parse(
        Environment.GetEnvironmentVariable("UNDER_FIRE_CONNECTIONS") ?? $"{OrdinaryConnections}",
        CultureInfo.InvariantCulture
    );

    private readonly SiteFolder folder = new();
    private readonly byte[] page;
    private readonly ServerProcess server;
    private readonly Children children;

    private readonly ConcurrentBag<int> served = [];
    private readonly ConcurrentBag<int> unserved = [];
    private readonly HashSet<int> clientsOfKilled = [];
    private int toCome;
    private int killed;
    private int samples;
    private int mostAtOnce;

    public ProcessesUnderFireScenarios()
    {
        page = folder.WriteBytes("page.bin", 1_000);
        server = ServerProcess.Serve(folder.Path, "--model", Model.Processes, "--max-processes", $"{Limit}");
        children = new(server.Id);
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Nobody_suffers_but_the_clients_of_the_killed()
    {
        WhenClientsComeAndChildrenAreKilled(WarmUp); // the first message about a child opens the console
        UntilNoChildIsLeft();
        var descriptors = children.DescriptorsOfParent();

        WhenClientsComeAndChildrenAreKilled(Connections);
        UntilNoChildIsLeft();

        TestContext.Out.WriteLine(
            $"{served.Count + unserved.Count} connections, {killed} children killed, {served.Count} served, {unserved.Count} not; "
                + $"{samples} samples, at most {mostAtOnce} children; descriptors {descriptors} before and "
                + $"{children.DescriptorsOfParent()} after"
        );
        (served.Count + unserved.Count).ShouldBe(WarmUp + Connections);
        killed.ShouldBeGreaterThan(0);
        unserved.Except(clientsOfKilled).ShouldBeEmpty();
        mostAtOnce.ShouldBeInRange(1, Limit);
        children.DescriptorsOfParent().ShouldBeLessThanOrEqualTo(descriptors + Children.RuntimesOwn);
        server.Stop().ShouldBe(0, server.Errors.ToString());
    }

    [Test]
    public void No_child_outlives_a_parent_that_is_killed()
    {
        var clients = Enumerable.Range(0, Limit).Select(_ => server.Connect()).ToList();
        foreach (var client in clients)
        {
            client.Get("/page.bin");
            client.ReceiveAnswer().Content.ShouldBeBytes(page);
        }
        var orphans = children.All();
        orphans.Count.ShouldBe(Limit);

        server.Signal(ServerProcess.SigKill);
        server.WaitForExit();

        Eventually(() => !orphans.Any(Children.IsAlive), "A child has outlived its parent.");
        clients.ForEach(client => client.ReceiveToEnd().ShouldBeEmpty());
        clients.ForEach(client => client.Dispose());
    }

    private void WhenClientsComeAndChildrenAreKilled(int connections)
    {
        toCome = connections;
        var threads = Enumerable.Range(0, Clients).Select(_ => new Thread(AskAgainAndAgain)).ToList();
        threads.ForEach(thread => thread.Start());
        var random = new Random(1);
        var nextKill = served.Count + unserved.Count + 1;
        while (threads.Exists(thread => thread.IsAlive))
        {
            mostAtOnce = Math.Max(mostAtOnce, children.CountAtOnce());
            samples++;
            if (served.Count + unserved.Count < nextKill || children.All() is not { Count: > 0 } living)
                continue;
            clientsOfKilled.UnionWith(Children.Kill(living.ElementAt(random.Next(living.Count))));
            killed++;
            nextKill += OneInSoManyIsKilled;
        }
    }

    private void AskAgainAndAgain()
    {
        while (Interlocked.Decrement(ref toCome) >= 0)
            Ask();
    }

    private void Ask()
    {
        using var client = server.Connect();
        (IsServed(client) ? served : unserved).Add(client.LocalPort);
    }

    private bool IsServed(WireClient client)
    {
        try
        {
            client.Get("/page.bin", "Connection: close\r\n");
            return client.ReceiveToEnd().AsSpan().EndsWith(page);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    private void UntilNoChildIsLeft() =>
        Eventually(() => children.All().Count == 0, $"{children.Zombies()} zombies are left.");

    private static void Eventually(Func<bool> condition, string orElse) =>
        SpinWait.SpinUntil(condition, ServerProcess.Patience).ShouldBeTrue(orElse);
}
