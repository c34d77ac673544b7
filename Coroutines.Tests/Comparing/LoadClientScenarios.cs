using Coroutines.Testing;
using global::Server.Host.Comparing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Comparing;

/// <summary>Feature: a client of a load asks, checks the answer, asks again, and counts what became of each request.</summary>
public sealed class LoadClientScenarios : IDisposable
{
    private const string Right = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private const string Request = "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private readonly Simulation simulation = new();
    private readonly Queue<ScriptedPeer> servers = [];
    private readonly LoadTally tally;
    private int connects;

    public LoadClientScenarios() => tally = new(simulation.Clock);

    public void Dispose() => simulation.Dispose();

    [Test]
    public void A_persistent_connection_carries_all_requests()
    {
        var server = GivenAServer();
        WhenAClientRuns();
        for (var i = 0; i < 3; i++)
            Answers(server, Right);

        tally.Count(Verdict.Right).ShouldBe(3);
        server.ReceivedText.ShouldBe(string.Concat(Enumerable.Repeat(Request, 4)));
        connects.ShouldBe(1);
    }

    [Test]
    public void Else_each_request_has_a_connection_and_says_so()
    {
        var (first, second) = (GivenAServer(), GivenAServer());
        WhenAClientRuns(ConnectionUse.OneRequest);
        Answers(first, Right);

        first.IsClosed.ShouldBeTrue();
        second.ReceivedText.ShouldEndWith("\r\nConnection: close\r\n\r\n");
        connects.ShouldBe(2);
    }

    [Test]
    public void A_wrong_byte_is_a_failure_and_ends_the_connection()
    {
        var server = GivenAServer();
        WhenAClientRuns();
        Answers(server, Right.Replace("hello", "hallo"));

        Counts().ShouldBe((0, 0, 0, 1));
        server.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void An_answer_that_is_cut_off_is_wrong()
    {
        var server = GivenAServer();
        WhenAClientRuns();
        server.Sends(Right[..^1]);
        Ends(server);

        Counts().ShouldBe((0, 0, 0, 1));
    }

    [Test]
    public void A_server_that_closes_without_a_word_refuses()
    {
        var server = GivenAServer();
        WhenAClientRuns();
        Ends(server);

        Counts().ShouldBe((0, 0, 1, 0));
    }

    [Test]
    public void A_server_that_resets_without_a_word_refuses()
    {
        var server = GivenAServer();
        WhenAClientRuns();
        server.Resets();
        simulation.RunUntilIdle();

        Counts().ShouldBe((0, 0, 1, 0));
    }

    [Test]
    public void A_server_that_says_503_refuses()
    {
        var server = GivenAServer();
        WhenAClientRuns();
        Answers(server, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");

        Counts().ShouldBe((0, 0, 1, 0));
    }

    [Test]
    public void A_server_may_close_between_two_answers_and_is_asked_again()
    {
        var (first, second) = (GivenAServer(), GivenAServer());
        WhenAClientRuns();
        Answers(first, Right);
        Ends(first);
        Answers(second, Right);

        Counts().ShouldBe((2, 1, 0, 0));
    }

    [Test]
    public void A_connect_that_fails_is_tried_again_later()
    {
        WhenAClientRuns();
        Counts().ShouldBe((0, 0, 1, 0));

        simulation.Advance(TimeSpan.FromMilliseconds(10));
        Counts().ShouldBe((0, 0, 2, 0));
    }

    [Test]
    public void The_answer_under_way_at_the_end_counts_but_is_not_measured()
    {
        var server = GivenAServer();
        WhenAClientRuns();
        Answers(server, Right);
        tally.End();
        Answers(server, Right);

        tally.Latencies.Count.ShouldBe(1);
        tally.AnsweredInAll.ShouldBe(2);
        server.IsClosed.ShouldBeTrue();
        simulation.Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void Latency_is_the_time_to_the_last_byte()
    {
        var server = GivenAServer();
        WhenAClientRuns();
        simulation.Advance(TimeSpan.FromMilliseconds(20));
        server.Sends(Right[..10]);
        simulation.Advance(TimeSpan.FromMilliseconds(30));
        Answers(server, Right[10..]);

        tally.FirstBytes.Longest.ShouldBe(TimeSpan.FromMilliseconds(20));
        tally.Latencies.Longest.ShouldBe(TimeSpan.FromMilliseconds(50));
    }

    private ScriptedPeer GivenAServer()
    {
        servers.Enqueue(simulation.Connect());
        return servers.Last();
    }

    private void WhenAClientRuns(ConnectionUse use = ConnectionUse.Persistent)
    {
        var page = new Page("/page", "hello"u8.ToArray());
        simulation.Scheduler.Spawn(new LoadClient(Connect, page, use, tally).Run(), "client");
        simulation.RunUntilIdle();
    }

    private IEnumerator<Wait> Connect()
    {
        connects++;
        if (!servers.TryDequeue(out var server))
            throw new IOException("No server listens.");
        yield return Return(server.Connection);
    }

    private void Answers(ScriptedPeer server, string answer)
    {
        server.Sends(answer);
        simulation.RunUntilIdle();
    }

    private void Ends(ScriptedPeer server)
    {
        server.HalfCloses();
        simulation.RunUntilIdle();
    }

    private (long Right, long Reopened, long Refused, long Wrong) Counts() =>
        (
            tally.Count(Verdict.Right),
            tally.Count(Verdict.Reopened),
            tally.Count(Verdict.Refused),
            tally.Count(Verdict.Wrong)
        );
}
