namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a client that still sends can read the last answer before the connection is closed (RFC 9112,
/// section 9.6).</summary>
public sealed class LingeringCloseScenarios : HttpFixture
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    [Test]
    public void What_comes_after_a_refusal_is_read_for_a_while()
    {
        WhenItSends("BAD\r\n\r\n");
        ThenTheAnswerIs(400);
        for (var i = 0; i < 19; i++)
        {
            WhenItSends(new string('x', 100_000));
            ThenItLingers();
            WhenSecondsPass(0.1);
        }
        WhenTimePasses(TimeSpan.FromSeconds(0.1) - Tick);
        ThenItLingers();
        WhenTimePasses(Tick);
        ThenItIsClosed();
        ThenTheAnswerIs(400);
        ThenNothingIsHeld();
    }

    [Test]
    public void A_client_that_says_nothing_more_is_let_go_after_a_while()
    {
        WhenItSends("BAD\r\n\r\n");
        WhenTimePasses(Linger - Tick);
        ThenItLingers();
        WhenTimePasses(Tick);
        ThenItIsClosed();
        ThenNothingIsHeld();
    }

    [Test]
    public void A_client_that_has_seen_the_end_is_let_go_at_once()
    {
        WhenItSends("BAD\r\n\r\n");
        Client.HalfCloses();
        WhenAllIsDone();
        ThenItIsClosed();
        ThenNothingIsHeld();
    }

    [Test]
    public void A_flood_after_a_refusal_keeps_nobody_from_being_served()
    {
        GivenAFile("a", "hello");
        Client.Sends("BAD\r\n\r\n");
        for (var i = 0; i < 1_000; i++)
            Client.Sends(new string('x', 8_000));
        var other = GivenAnotherClient();
        other.Sends(Get("/a"));
        for (var turn = 0; turn < 5; turn++)
            Simulation.Scheduler.Turn(TimeSpan.Zero);
        other.ReceivedText.ShouldEndWith("hello");
    }

    [Test]
    public void A_refusal_that_is_not_read_is_given_up()
    {
        Client.Window = 10;
        WhenItSends("BAD\r\n\r\n");
        WhenSecondsPass(30);
        ThenItIsClosed();
        ThenNothingIsHeld();
    }

    [Test]
    public void A_client_whose_content_is_not_read_can_read_the_answer()
    {
        GivenAFile("a", "hello");
        WhenItSends(Ask("POST", "/a", "Connection: close", "Content-Length: 100000") + new string('x', 50_000));
        ThenTheAnswerIs(405);
        ThenItLingers();
    }

    [Test]
    public void A_client_that_asked_for_the_end_is_not_waited_for()
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a", "Connection: close"));
        ThenItIsClosed();
    }
}
