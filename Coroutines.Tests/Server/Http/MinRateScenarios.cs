using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a client that takes or sends a byte now and then is let go, however it spaces them.</summary>
/// <remarks>240 bytes a second after 5 s, as Kestrel has it.</remarks>
public sealed class MinRateScenarios : HttpFixture
{
    private const int Rate = 240;
    private const int Grace = 5;
    private const int Stall = 30;

    [Test]
    public void A_client_that_takes_a_byte_every_29_seconds_is_let_go()
    {
        GivenAClientThatHasTaken(50_000);
        ThenItIsOpenWhile(() => WhenItTakes(1), seconds: 29);
        Served.Site.Counts.Overdue.ShouldBe(0);
        WhenSecondsPass(2);
        ThenItIsClosed();
        Served.Site.Counts.Overdue.ShouldBe(1);
        Served.Messages.ShouldHaveSingleItem().ShouldBe("Debug 127.0.0.1:40000 is too slow, and is let go.");
        ThenNothingIsHeld();
    }

    [Test]
    public void What_the_system_has_taken_at_once_is_no_licence_to_be_slow_for_long()
    {
        GivenAClientThatHasTaken(90_000); // which would do for six minutes
        for (var second = 0; second < Stall; second++)
        {
            ThenItIsOpen();
            WhenSecondsPass(1);
            WhenItTakes(10);
        }
        WhenSecondsPass(2);
        ThenItIsClosed();
    }

    [Test]
    public void A_client_that_keeps_the_pace_is_served_to_the_end()
    {
        GivenAClientThatHasTaken(0);
        for (var second = 0; second < 400; second++)
        {
            WhenItTakes(Rate);
            WhenSecondsPass(1);
            ThenItIsOpen();
        }
    }

    [Test]
    public void A_client_that_keeps_it_in_bursts_is_served_to_the_end()
    {
        GivenAClientThatHasTaken(0);
        WhenItTakes(Rate * (Stall - 1));
        for (var burst = 0; burst < 10; burst++)
        {
            WhenSecondsPass(Stall - 1);
            ThenItIsOpen();
            WhenItTakes(Rate * (Stall - 1));
        }
        ThenItIsOpen();
    }

    [Test]
    public void A_client_that_is_a_little_slower_is_let_go_some_time()
    {
        GivenAClientThatHasTaken(0);
        for (var second = 0; second < 300 && !Client.IsClosed; second++)
        {
            WhenItTakes(Rate * 9 / 10);
            WhenSecondsPass(1);
        }
        ThenItIsClosed();
    }

    [Test]
    public void In_the_beginning_there_is_a_grace()
    {
        GivenAClientThatHasTaken(0);
        WhenTimePasses(TimeSpan.FromSeconds(Grace) - Tick);
        ThenItIsOpen();
        WhenTimePasses(Tick);
        ThenItIsClosed();
    }

    [Test]
    public void Each_answer_begins_with_the_grace()
    {
        GivenAClientThatHasTaken(0);
        for (var answer = 0; answer < 3; answer++)
        {
            WhenSecondsPass(Grace - 1);
            ThenItIsOpen();
            WhenItTakes(1_000_000);
            Client.Window = 0;
            WhenItSends(Get("/large"));
        }
        ThenItIsOpen();
    }

    [Test]
    public void Without_a_rate_the_send_timeout_alone_holds()
    {
        Timeouts = new() { MinSendRate = 0 };
        GivenAClientThatHasTaken(0);
        for (var byteTaken = 0; byteTaken < 20; byteTaken++)
        {
            WhenSecondsPass(Stall - 1);
            WhenItTakes(1);
        }
        ThenItIsOpen();
        WhenSecondsPass(Stall);
        ThenItIsClosed();
    }

    [Test]
    public void To_look_at_the_pace_allocates_nothing()
    {
        var (pace, clock) = (new Pace(), Simulation.Clock);
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var look = 0; look < 1_000; look++)
        {
            pace.Took(1_000, isAll: look % 7 == 0);
            pace.Next(Timeouts, Deadline.In(TimeSpan.FromSeconds(look), clock));
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void Waiting_for_a_slow_client_takes_a_single_timer()
    {
        GivenAClientThatHasTaken(50_000);
        for (var second = 0; second < 20; second++)
        {
            WhenItTakes(1_000);
            WhenSecondsPass(1);
            Simulation.Scheduler.Timers.Count.ShouldBe(1);
        }
    }

    [Test]
    public void A_content_that_comes_too_slowly_is_not_waited_for()
    {
        WhenItSends(Ask("POST", "/a", "Content-Length: 100000"));
        ThenTheStatusesAre(405);
        for (var second = 0; second < Grace; second++)
        {
            ThenItIsOpen();
            WhenItSends("x");
            WhenSecondsPass(1);
        }
        WhenSecondsPass(1);
        ThenItLingers();
        Served.Site.Counts.Overdue.ShouldBe(1);
        WhenSecondsPass(2);
        ThenItIsClosed();
        Served.Site.Counts.Overdue.ShouldBe(1);
    }

    [Test]
    public void A_content_that_keeps_the_pace_has_the_whole_time()
    {
        WhenItSends(Ask("POST", "/a", "Content-Length: 100000"));
        for (var second = 0; second < 29; second++)
        {
            WhenItSends(new string('x', Rate));
            WhenSecondsPass(1);
        }
        ThenItIsOpen();
        WhenSecondsPass(1);
        ThenItLingers();
    }

    [Test]
    public void The_bytes_of_an_earlier_content_do_not_count()
    {
        WhenItSends(Ask("POST", "/a", "Content-Length: 50000") + new string('x', 50_000));
        WhenItSends(Ask("POST", "/a", "Content-Length: 50000"));
        WhenSecondsPass(Grace);
        ThenItLingers();
    }

    [Test]
    public void Chunks_count_as_they_come()
    {
        WhenItSends(Ask("POST", "/a", "Transfer-Encoding: chunked"));
        for (var second = 0; second < 20; second++)
        {
            WhenItSends("F0\r\n" + new string('x', Rate) + "\r\n");
            WhenSecondsPass(1);
        }
        ThenItIsOpen();
        WhenSecondsPass(Grace + 2);
        ThenItLingers();
    }

    private void GivenAClientThatHasTaken(int bytes)
    {
        GivenAFile("large", new string('x', 1_000_000));
        Client.Window = bytes;
        WhenItSends(Get("/large"));
        ThenItIsOpen();
    }

    private void WhenItTakes(long bytes)
    {
        Client.Window = bytes;
        WhenAllIsDone();
    }

    private void ThenItIsOpenWhile(Action step, int seconds)
    {
        WhenSecondsPass(seconds);
        ThenItIsOpen();
        step();
    }
}
