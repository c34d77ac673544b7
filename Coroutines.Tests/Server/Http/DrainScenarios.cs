using Coroutines.Sockets;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a server that is told to stop lets no client down that it had promised an answer.</summary>
public sealed class DrainScenarios : HttpFixture
{
    [Test]
    public void A_server_without_clients_stops_at_once()
    {
        WhenItIsToldToStop();
        ThenItHasStopped();
    }

    [Test]
    public void A_server_that_is_told_to_stop_before_it_began_stops()
    {
        Served.Server.Drain();
        WhenAllIsDone();
        ThenItHasStopped();
    }

    [Test]
    public void Nobody_is_accepted_any_more()
    {
        GivenAnAnswerUnderWay();
        WhenItIsToldToStop();
        var late = Served.Listener.Connects();
        late.Sends(Get("/a"));
        WhenSecondsPass(1);
        late.ReceivedText.ShouldBeEmpty();
        Served.Listener.Listener.Slot.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void Idle_clients_are_let_go_at_once()
    {
        GivenAnIdleClient();
        var fresh = GivenAnotherClient();
        WhenItIsToldToStop();
        ThenItIsClosed();
        fresh.IsClosed.ShouldBeTrue();
        ThenItHasStopped();
    }

    [Test]
    public void An_answer_under_way_is_sent_to_its_end()
    {
        GivenAnAnswerUnderWay();
        WhenItIsToldToStop();
        WhenSecondsPass(10);
        Served.Serving.HasEnded.ShouldBeFalse();
        WhenTheClientReadsOn();
        ThenTheAnswerIs(200).Content.Length.ShouldBe(100_000);
        ThenItLingers();
        WhenTheClientCloses();
        ThenItHasStopped();
    }

    [Test]
    public void A_pipelined_request_is_answered_as_the_last_one()
    {
        GivenAnAnswerUnderWay(behindIt: Get("/a") + Get("/a"));
        WhenItIsToldToStop();
        WhenTheClientReadsOn();
        ThenTheStatusesAre(200, 200);
        Answers[1]["Connection"].ShouldBe("close");
        ThenItLingers();
    }

    [Test]
    public void A_request_under_way_is_answered_as_the_last_one()
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a")[..10]);
        WhenItIsToldToStop();
        WhenSecondsPass(9);
        WhenItSends(Get("/a")[10..]);
        ThenTheAnswerIs(200)["Connection"].ShouldBe("close");
        ThenItLingers();
        WhenTheClientCloses();
        ThenItHasStopped();
    }

    [Test]
    public void What_takes_longer_than_the_grace_time_is_cut_off()
    {
        GivenAnAnswerUnderWay();
        WhenItIsToldToStop();
        WhenTimePasses(ServedSite.Grace - Tick);
        Served.Serving.HasEnded.ShouldBeFalse();
        WhenTimePasses(Tick);
        ThenItIsClosed();
        Served.Messages[^1].ShouldBe("Warn The grace time is over; connections cut off: 1.");
        ThenItHasStopped();
        ThenTheFileIsHeldByTheCacheAlone("/large");
    }

    [Test]
    public void A_second_stop_changes_nothing()
    {
        GivenAnAnswerUnderWay();
        WhenItIsToldToStop();
        WhenSecondsPass(10);
        WhenItIsToldToStop();
        Served.Messages.Count.ShouldBe(1);
        WhenTheClientReadsOn();
        WhenTheClientCloses();
        ThenTheAnswerIs(200);
        ThenItHasStopped();
    }

    [Test]
    public void A_client_that_is_being_refused_is_told_why()
    {
        MaxConnections = 1;
        GivenAnotherClient();
        var refused = Served.Listener.Connects();
        refused.Window = 10;
        WhenAllIsDone();
        WhenItIsToldToStop();
        refused.Window = long.MaxValue;
        WhenAllIsDone();
        Answer.ReadAll(refused.ReceivedText).ShouldHaveSingleItem().Status.ShouldBe(503);
        WhenSecondsPass(2);
        ThenItHasStopped();
    }

    [Test]
    public void A_server_that_is_stopped_while_it_pauses_accepting_stops()
    {
        Served.Listener.FailsToAccept(AcceptResult.OutOfDescriptors);
        WhenAllIsDone();
        WhenItIsToldToStop();
        ThenItHasStopped();
    }

    [Test]
    public void All_listeners_are_closed()
    {
        var listeners = new[] { Simulation.Listen(), Simulation.Listen() };
        var server = new HttpServer(Served.Site, 10, ServedSite.Grace);
        var serving = Simulation.Scheduler.Spawn(server.Serve([.. listeners.Select(one => one.Listener)]));
        WhenAllIsDone();
        Simulation.Scheduler.Post(server.Drain);
        WhenAllIsDone();
        serving.State.ShouldBe(CoroutineState.Completed);
        listeners.ShouldAllBe(one => one.Listener.Slot.IsClosed);
    }

    private void GivenAnAnswerUnderWay(string behindIt = "")
    {
        GivenAFile("a", "hello");
        GivenAFile("large", new string('x', 100_000));
        Client.Window = 50_000;
        WhenItSends(Get("/large") + behindIt);
    }

    private void WhenItIsToldToStop()
    {
        Simulation.Scheduler.Post(Served.Server.Drain);
        WhenAllIsDone();
    }

    private void WhenTheClientReadsOn()
    {
        Client.Window = long.MaxValue;
        WhenAllIsDone();
    }

    private void WhenTheClientCloses()
    {
        Client.HalfCloses();
        WhenAllIsDone();
    }

    private void ThenItHasStopped()
    {
        Served.Serving.State.ShouldBe(CoroutineState.Completed);
        Served.Listener.Listener.Slot.IsClosed.ShouldBeTrue();
        ThenNothingIsHeld();
        Simulation.Scheduler.NextDeadline.IsSet.ShouldBeFalse();
        Simulation.Scheduler.Count.ShouldBe(0);
    }
}
