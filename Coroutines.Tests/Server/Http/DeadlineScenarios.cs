namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: nobody holds a connection by being slow (RFC 9112, section 9.5). Each deadline is exact.</summary>
public sealed class DeadlineScenarios : HttpFixture
{
    private static readonly TimeSpan Head = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Send = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Content = TimeSpan.FromSeconds(30);

    // How fast they must be is another matter.
    public DeadlineScenarios() => Timeouts = new() { MinReceiveRate = 0, MinSendRate = 0 };

    [Test]
    public void A_client_that_says_nothing_is_let_go_in_silence()
    {
        GivenAnAcceptedClient();
        ThenItIsOpenUntil(Head);
        ThenItIsClosed();
        Client.ReceivedText.ShouldBeEmpty();
        ThenNothingIsHeld();
    }

    [Test]
    public void The_first_head_must_come_within_its_limit_from_the_accept_on()
    {
        GivenAnAcceptedClient();
        WhenSecondsPass(9);
        WhenItSends("GET / HTTP/1.1\r\n");
        ThenItIsOpenUntil(TimeSpan.FromSeconds(1));
        ThenTheAnswerIs(408)["Connection"].ShouldBe("close");
        ThenItLingers();
    }

    [Test]
    public void A_byte_a_second_does_not_prolong_a_head()
    {
        GivenAnAcceptedClient();
        for (var second = 0; second < 9; second++)
        {
            WhenItSends("G");
            WhenSecondsPass(1);
        }
        ThenItIsOpenUntil(TimeSpan.FromSeconds(1));
        ThenTheAnswerIs(408)["Connection"].ShouldBe("close");
    }

    [Test]
    public void A_later_head_must_come_within_its_limit_from_its_first_byte_on()
    {
        GivenAnIdleClient();
        WhenTimePasses(Idle - Tick);
        WhenItSends("G");
        for (var second = 0; second < 9; second++)
        {
            WhenSecondsPass(1);
            WhenItSends("G");
        }
        ThenItIsOpenUntil(TimeSpan.FromSeconds(1));
        ThenTheStatusesAre(200, 408);
    }

    [Test]
    public void A_head_behind_another_request_has_its_own_limit()
    {
        GivenAFile("a", "hello");
        GivenAnAcceptedClient();
        WhenSecondsPass(9);
        WhenItSends(Get("/a") + "GET /a HTTP/1.1\r\n");
        ThenItIsOpenUntil(Head);
        ThenTheStatusesAre(200, 408);
    }

    [Test]
    public void Each_head_of_a_slow_client_has_its_own_limit()
    {
        GivenAFile("a", "hello");
        for (var request = 0; request < 5; request++)
        {
            WhenItSends(Get("/a")[..10]);
            WhenSecondsPass(9);
            WhenItSends(Get("/a")[10..] + Get("/a")[..10]);
            WhenSecondsPass(9);
            WhenItSends(Get("/a")[10..]);
        }
        ThenTheStatusesAre([.. Enumerable.Repeat(200, 10)]);
        ThenItIsOpen();
    }

    [Test]
    public void An_idle_client_is_let_go_in_silence()
    {
        GivenAnIdleClient();
        ThenItIsOpenUntil(Idle);
        ThenItIsClosed();
        ThenTheStatusesAre(200);
        ThenNothingIsHeld();
    }

    [Test]
    public void An_answer_begins_the_idle_time_anew()
    {
        GivenAnIdleClient();
        WhenTimePasses(Idle - Tick);
        WhenItSends(Get("/a"));
        ThenItIsOpenUntil(Idle);
        ThenItIsClosed();
    }

    [Test]
    public void The_idle_time_counts_from_the_end_of_a_long_answer()
    {
        GivenAFile("large", new string('x', 100_000));
        Client.Window = 50_000;
        WhenItSends(Get("/large"));
        WhenSecondsPass(29);
        Client.Window = long.MaxValue;
        WhenAllIsDone();
        ThenTheStatusesAre(200);
        ThenItIsOpenUntil(Idle);
        ThenItIsClosed();
    }

    [Test]
    public void Spurious_wakeups_do_not_prolong_the_idle_time()
    {
        GivenAnIdleClient();
        for (var second = 0; second < 14; second++)
        {
            Client.SpuriousWakeups = 3;
            WhenSecondsPass(1);
            ThenNoExchangeIsHeld();
        }
        ThenItIsOpenUntil(TimeSpan.FromSeconds(1));
        ThenItIsClosed();
    }

    [Test]
    public void A_client_that_does_not_read_is_let_go_after_its_last_byte()
    {
        GivenAFile("large", new string('x', 100_000));
        Client.Window = 50_000;
        WhenItSends(Get("/large"));
        WhenTimePasses(Send - Tick);
        Client.Window = 1;
        WhenAllIsDone();
        Client.Received.Length.ShouldBe(50_001);
        ThenItIsOpenUntil(Send);
        ThenItIsClosed();
        ThenNothingIsHeld();
        ThenTheFileIsHeldByTheCacheAlone("/large");
    }

    [Test]
    public void Content_must_come_within_its_limit()
    {
        GivenAnIdleClient();
        WhenItSends(Ask("POST", "/a", "Content-Length: 1000"));
        for (var second = 0; second < 29; second++)
        {
            WhenItSends("x");
            WhenSecondsPass(1);
        }
        ThenItIsOpenUntil(TimeSpan.FromSeconds(1));
        ThenTheStatusesAre(200, 405);
        ThenItLingers();
    }

    [Test]
    public void Each_content_has_a_limit_of_its_own()
    {
        for (var request = 0; request < 3; request++)
        {
            WhenItSends(Ask("POST", "/a", "Content-Length: 2") + "x");
            WhenTimePasses(Content - Tick);
            ThenItIsOpen();
            Client.Sends("x");
        }
        WhenAllIsDone();
        ThenTheStatusesAre(405, 405, 405);
        ThenItIsOpenUntil(Idle);
        ThenItIsClosed();
    }

    [Test]
    public void Deadlines_leave_no_timer_behind()
    {
        GivenAnIdleClient();
        WhenTimePasses(Idle);
        ThenItIsClosed();
        Simulation.Scheduler.NextDeadline.IsSet.ShouldBeFalse();
    }

    private void GivenAnAcceptedClient() => ThenItIsOpen();

    private void ThenItIsOpenUntil(TimeSpan limit)
    {
        WhenTimePasses(limit - Tick);
        ThenItIsOpen();
        WhenTimePasses(Tick);
        (Client.IsHalfClosed || Client.IsClosed).ShouldBeTrue();
    }
}
