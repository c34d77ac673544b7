using System.Text;
using Coroutines.Sockets;
using Coroutines.Testing;
using NLog;
using Server.Host;
using Server.Host.Http;
using static Coroutines.Wait;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a responder may be given the content of requests, and may answer by a stream.</summary>
public sealed class ContentTakingScenarios
{
    private const int MaxContentBytes = 40_000;

    private readonly LogFactory logs = new();

    [Test]
    public void The_content_is_given_however_it_is_split()
    {
        var request = Post("Content-Length: 11", "hello world") + Post("Content-Length: 3", "bye");
        foreach (var deliveries in Splits.Of(request.Length))
        {
            using var simulation = new Simulation();
            var client = Connect(simulation);
            var sent = 0;
            foreach (var end in deliveries)
            {
                client.Sends(request[sent..end]);
                simulation.RunUntilIdle();
                sent = end;
            }
            Answer
                .ReadAll(client.ReceivedText)
                .Select(answer => answer.Content)
                .ShouldBe(["POST hello world", "POST bye"], Splits.Describe(deliveries));
        }
    }

    [TestCase(MaxContentBytes, 200)]
    [TestCase(MaxContentBytes + 1, 413)]
    public void It_may_be_as_long_as_the_limit(int bytes, int status)
    {
        using var simulation = new Simulation();
        var client = Connect(simulation);
        client.SendsInPieces(
            Encoding.ASCII.GetBytes(Post($"Content-Length: {bytes}", new string('x', bytes))),
            pieceBytes: 7_000
        );
        simulation.RunUntilIdle();
        Answer.ReadAll(client.ReceivedText)[0].Status.ShouldBe(status);
    }

    [Test]
    public void Without_content_it_is_asked_at_once()
    {
        using var simulation = new Simulation();
        var client = Connect(simulation);
        client.Sends(Post("Content-Length: 0", ""));
        simulation.RunUntilIdle();
        Answer.ReadAll(client.ReceivedText).ShouldHaveSingleItem().Content.ShouldBe("POST ");
    }

    [Test]
    public void Content_of_unknown_length_is_refused()
    {
        using var simulation = new Simulation();
        var client = Connect(simulation);
        client.Sends(Post("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"));
        simulation.RunUntilIdle();
        Answer.ReadAll(client.ReceivedText).ShouldHaveSingleItem().Status.ShouldBe(411);
    }

    [Test]
    public void Who_waits_to_be_told_to_go_on_is_told()
    {
        using var simulation = new Simulation();
        var client = Connect(simulation);
        client.Sends(Post("Content-Length: 5\r\nExpect: 100-continue", ""));
        simulation.RunUntilIdle();
        client.ReceivedText.ShouldBe("HTTP/1.1 100 Continue\r\n\r\n");
        client.Sends("hello");
        simulation.RunUntilIdle();
        client.ReceivedText.ShouldEndWith("POST hello");
    }

    [Test]
    public void A_1_0_client_is_told_nothing_in_between()
    {
        using var simulation = new Simulation();
        var client = Connect(simulation);
        client.Sends("POST / HTTP/1.0\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        simulation.RunUntilIdle();
        client.ReceivedText.ShouldBeEmpty();
        client.Sends("hello");
        simulation.RunUntilIdle();
        client.ReceivedText.ShouldStartWith("HTTP/1.1 200 ");
    }

    [Test]
    public void Content_that_does_not_come_in_time_ends_the_connection()
    {
        using var simulation = new Simulation();
        var client = Connect(simulation);
        client.Sends(Post("Content-Length: 5", "hell"));
        simulation.RunUntilIdle();
        simulation.Advance(new HttpTimeouts().Content);
        Answer.ReadAll(client.ReceivedText).ShouldHaveSingleItem().Status.ShouldBe(408);
        simulation.Advance(new HttpTimeouts().Linger);
        client.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void A_stream_is_sent_behind_its_head_and_ends_with_the_connection()
    {
        using var simulation = new Simulation();
        var client = Connect(simulation);
        client.Sends("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
        simulation.RunUntilIdle();
        client.ReceivedText.ShouldContain("Content-Type: text/x\r\nConnection: close\r\n\r\n");
        client.ReceivedText.ShouldNotContain("Content-Length");
        client.ReceivedText.ShouldEndWith("\r\n\r\none ");
        simulation.Advance(TimeSpan.FromSeconds(1));
        client.ReceivedText.ShouldEndWith("\r\n\r\none two");
        client.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void A_HEAD_of_a_stream_is_its_head()
    {
        using var simulation = new Simulation();
        var client = Connect(simulation);
        client.Sends("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n");
        simulation.RunUntilIdle();
        client.ReceivedText.ShouldEndWith("Content-Type: text/x\r\nConnection: close\r\n\r\n");
        client.IsClosed.ShouldBeTrue();
    }

    private static string Post(string fields, string content) =>
        $"POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n{content}";

    private ScriptedPeer Connect(Simulation simulation)
    {
        var site = new HttpSite(
            new Repeater(),
            new() { BodyBytes = MaxContentBytes },
            new(),
            new Log(logs.GetLogger("server")),
            new NoAccessLog(),
            simulation.Clock
        );
        var listener = simulation.Listen();
        simulation.Scheduler.Spawn(
            new HttpServer(site, maxConnections: 10, TimeSpan.FromSeconds(1)).Serve([listener.Listener])
        );
        var client = listener.Connects();
        simulation.RunUntilIdle();
        return client;
    }

    /// <summary>Answers with what it was given.</summary>
    private sealed class Repeater : IResponder
    {
        public bool TakesContent => true;

        public void Answer(Request request, Response response)
        {
            if (request.Path.SequenceEqual("/stream"u8))
                response.SetStream("Content-Type: text/x\r\n", Stream);
            else
                response.SetContent(
                    200,
                    "",
                    Encoding.ASCII.GetBytes($"POST {Encoding.ASCII.GetString(ContentOf(request))}")
                );
            response.SuitTo(request);
        }

        private static ReadOnlySpan<byte> ContentOf(Request request) => request.Content;

        private static IEnumerator<Wait> Stream(Connection client)
        {
            yield return Call(client.SendAll("one "u8.ToArray()));
            yield return Sleep(TimeSpan.FromSeconds(1));
            yield return Call(client.SendAll("two"u8.ToArray()));
        }
    }
}
