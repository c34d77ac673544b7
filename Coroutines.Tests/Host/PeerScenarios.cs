using System.Text;

namespace Coroutines.Tests.Host;

/// <summary>Feature: whatever a client does with its connection is ordinary, and costs the others nothing.</summary>
[TestFixtureSource(typeof(Pollers), nameof(Pollers.Plain))]
public sealed class PeerScenarios : IDisposable
{
    private const int LargeBytes = 5_000_000;

    private readonly SiteFolder folder = new();
    private readonly byte[] large;
    private readonly ServerProcess server;

    public PeerScenarios(string poller)
    {
        folder.WriteText("index.html", "welcome");
        large = folder.WriteBytes("large.bin", LargeBytes);
        // On a busy machine a first step, which is compiled as it goes, may well take the watchdog's 100 ms.
        server = ServerProcess.Serve(folder.Path, "--poller", poller, "--log-level", "debug", "--watchdog", "10000");
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Requests_may_be_sent_in_one_go()
    {
        using var client = server.Connect();
        client.Send(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /large.bin HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
        );

        client.ReceiveAnswer().Content.ShouldBe("welcome"u8.ToArray());
        client.ReceiveAnswer().Content.ShouldBeBytes(large);
        client.ReceiveAnswer().Content.ShouldBe("welcome"u8.ToArray());
    }

    [Test]
    public void A_client_that_says_no_more_gets_its_answers()
    {
        using var client = server.Connect();
        client.Get("/large.bin");
        client.Get("/");
        client.HalfClose();

        client.ReceiveAnswer().Content.ShouldBeBytes(large);
        Encoding.ASCII.GetString(client.ReceiveToEnd()).ShouldEndWith("welcome");
        ThenItServesOn();
    }

    [Test]
    public void A_client_that_says_nothing_and_no_more_is_let_go()
    {
        using var client = server.Connect();
        client.HalfClose();

        client.ReceiveToEnd().ShouldBeEmpty();
        ThenItServesOn();
    }

    [Test]
    public void A_client_that_leaves_within_a_head_is_let_go()
    {
        using var client = server.Connect();
        client.Send("GET / HT");
        client.HalfClose();

        client.ReceiveToEnd().ShouldBeEmpty();
        ThenItServesOn();
    }

    [Test]
    public void A_client_may_reset_its_connection_at_any_point()
    {
        foreach (var sent in new[] { "", "GET / HT", "GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n" })
        {
            using var client = server.Connect();
            client.Send(sent);
            client.Reset();
        }
        ThenItServesOn();
    }

    [Test]
    public void A_client_may_reset_its_connection_within_an_answer()
    {
        using var client = server.Connect();
        client.Get("/large.bin");
        client.ReceiveHead();
        client.Reset();

        ThenItServesOn();
    }

    private void ThenItServesOn()
    {
        using (var client = server.Connect())
        {
            client.Get("/");
            client.ReceiveAnswer().Content.ShouldBe("welcome"u8.ToArray());
        }
        server.Stop().ShouldBe(0);
        server.Errors.Lines.Where(line => line.Contains("WARN") || line.Contains("ERROR")).ShouldBeEmpty();
    }
}
