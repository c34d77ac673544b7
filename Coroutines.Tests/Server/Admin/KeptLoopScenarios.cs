using System.Net;
using System.Text;
using Coroutines.Sockets;
using Coroutines.Tests.Host;
using NLog;
using Server.Host;
using Server.Host.Admin;
using Server.Host.Http;
using Server.Host.Models;

namespace Coroutines.Tests.Server.Admin;

/// <summary>Feature: the admin port answers while a coroutine keeps the server's loop, and says so.</summary>
[Parallelizable] // it waits most of the time
public sealed class KeptLoopScenarios : IDisposable
{
    private readonly ManualResetEventSlim release = new();
    private readonly LogFactory logs = new();
    private readonly Readiness readiness = new();
    private readonly Scheduler scheduler = new();
    private readonly Listener listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly AdminServer admin;
    private readonly Thread loop;

    public KeptLoopScenarios()
    {
        admin = new(
            AdminServer.Listen(port: 0),
            new AdminSubject(Model.Coroutines, [new ServerCounts()], [new(Name: null, scheduler)]),
            readiness,
            new Log(logs.GetLogger("server"))
        );
        scheduler.Spawn(Waits());
        loop = new Thread(scheduler.Run) { IsBackground = true };
        loop.Start();
    }

    public void Dispose()
    {
        release.Set();
        scheduler.Stop();
        loop.Join();
        admin.Dispose();
        scheduler.Dispose();
        listener.Dispose();
        logs.Dispose();
        release.Dispose();
    }

    [Test]
    public void A_server_whose_loop_is_kept_is_not_alive_until_it_goes_on()
    {
        readiness.Begin();
        Ask("/readyz").ShouldStartWith("HTTP/1.1 200");
        Ask("/dump").ShouldContain("waits for Read");

        scheduler.Post(release.Wait);

        WhenItSays("/healthz", "HTTP/1.1 503");
        Ask("/readyz").ShouldContain("The loop doesn't answer.");
        Ask("/dump").ShouldContain("The loop doesn't answer.");
        Ask("/metrics").ShouldStartWith("HTTP/1.1 200");

        release.Set();

        WhenItSays("/healthz", "HTTP/1.1 200");
    }

    private IEnumerator<Wait> Waits()
    {
        yield return Wait.WantRead(listener);
    }

    private void WhenItSays(string path, string text) =>
        SpinWait
            .SpinUntil(() => Ask(path).StartsWith(text, StringComparison.Ordinal), ServerProcess.Patience)
            .ShouldBeTrue();

    private string Ask(string path)
    {
        using var client = new WireClient(new(IPAddress.Loopback, admin.Port));
        client.Send($"GET {path} HTTP/1.1\r\nHost: localhost:{admin.Port}\r\nConnection: close\r\n\r\n");
        return Encoding.UTF8.GetString(client.ReceiveToEnd());
    }
}
