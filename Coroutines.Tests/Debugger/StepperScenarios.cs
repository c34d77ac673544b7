using System.Text;
using Coroutines.Diagnostics;
using Coroutines.Tests.Host;
using global::Server.Host.Debugger;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: a live server stands still after each step, and shows where its connections stand.</summary>
public sealed class StepperScenarios : IDisposable
{
    private readonly StudiedSite site = new();

    public void Dispose() => site.Dispose();

    [Test]
    public void It_begins_before_the_first_resume()
    {
        var shown = site.Parked();
        shown.Number.ShouldBe(1);
        shown.Phase.ShouldBe(Phase.Resume);
        shown.Headline.ShouldBe("Turn 1: #1 'server' is resumed next.");
        shown.Coroutines.ShouldHaveSingleItem().State.ShouldBe(CoroutineState.New);
        shown.Ready.ShouldBe([1]);
    }

    [Test]
    public void A_step_is_one_resume()
    {
        site.Parked();
        var shown = site.Go(StepMode.Resume);
        shown.Events.First().ShouldBe("#1 'server' is resumed");
        shown.Events.ShouldContain("#1 waits for JoinScope scope of #1");
        shown.Coroutines.Select(one => one.Id).ShouldBe([1, 2]);
        shown.Next.ShouldBe(2);
    }

    [Test]
    public void Before_a_poll_that_would_block_it_stands_still_and_shows_the_sets()
    {
        var shown = site.StepUntil(one => one.Phase == Phase.Poll);
        shown.Sets!.WouldBlock.ShouldBeTrue();
        shown.Sets.AskedToRead.ShouldHaveSingleItem(); // the listener
        shown.Sets.Readable.ShouldBeNull();
        shown.Headline.ShouldEndWith("it would block.");
    }

    [Test]
    public void A_client_that_comes_is_seen_in_the_answer_of_the_poll()
    {
        site.StepUntil(one => one.Phase == Phase.Poll);
        site.Stepper.Go(StepMode.Turn);
        using var client = site.Connect();
        var shown = site.Parked();
        shown.Phase.ShouldBe(Phase.Polled);
        shown.Sets!.Readable.ShouldBe(shown.Sets.AskedToRead);
        site.Go(StepMode.Resume).Ready.ShouldBe([2]); // the accept loop
    }

    [Test]
    public void A_turn_that_waits_for_a_client_shows_what_it_waits_on()
    {
        site.Parked();
        using var looked = new ManualResetEventSlim();
        site.Stepper.Glanced += looked.Set;
        site.Stepper.Go(StepMode.Turn, steps: 10);
        looked.Wait(ServerProcess.Patience).ShouldBeTrue();
        site.Shown.Phase.ShouldBe(Phase.Poll);
        site.Shown.Sets!.AskedToRead.ShouldHaveSingleItem(); // the listener
        site.Stepper.Brake.IsParked.ShouldBeFalse();
    }

    [Test]
    public void Half_a_request_leaves_its_coroutine_at_its_line()
    {
        using var client = GivenAClientThatSent("GET /ind");
        var shown = site.Shown;
        var coroutine = shown.Coroutines.Single(one => one.Name == "client");
        coroutine.State.ShouldBe(CoroutineState.Suspended);
        coroutine.WaitsFor.ShouldBe(WaitKind.Read);
        coroutine.Frames[0].Method.ShouldBe("HttpConnection.Serve");
        coroutine.Frames[0].Source!.Value.Document.Name.ShouldBe("HttpConnection.cs");
        LineOf(coroutine.Frames[0].Source!.Value).ShouldContain("yield return NextRead();");
        var wire = shown.Network.ShouldHaveSingleItem();
        wire.Descriptor.ShouldBe(coroutine.Descriptor!.Value);
        wire.ReceivedBytes.ShouldBe(8);
        wire.LastReceived.ShouldBe("\"GET /ind\"");
    }

    [Test]
    public void Bytes_that_have_come_and_were_not_read_wait_in_the_kernel()
    {
        using var client = GivenAClientThatSent("GET /ind");
        client.Send("ex.html");
        site.StepUntil(one => one.Phase == Phase.Resume && one.Network.Count == 1);
        site.Shown.Network[0].AvailableBytes.ShouldBe(7);
    }

    [Test]
    public void A_capped_send_is_seen_as_partial_and_the_rest_follows()
    {
        site.Network.Faults.SendBytes = 1_000;
        using var client = GivenAClientThatSent("GET /index.html HTTP/1.1\r\nHost: a\r\n\r\n");
        var shown = site.StepUntil(one => one.Network.Any(wire => wire.LastSend?.EndsWith("PARTIAL") == true));
        shown.Coroutines.Single(one => one.Name == "client").WaitsFor.ShouldBe(WaitKind.Write);
        shown.Events.ShouldContain($"fd {shown.Network[0].Descriptor} takes no more for now: to send would block");
        shown.Phase.ShouldBe(Phase.Poll);
        shown.Sets!.WouldBlock.ShouldBeFalse(); // the kernel has room: it was the fault that had none
        shown.Headline.ShouldEndWith($"it won't block: fd {shown.Network[0].Descriptor} is ready.");
        site.Stepper.Go(StepMode.Running);
        client.ReceiveAnswer().Content.Length.ShouldBe(3_000);
    }

    [Test]
    public void What_is_left_to_send_is_the_rest_of_the_answer_and_not_of_the_last_piece()
    {
        site.Network.Faults.SendBytes = 20_000;
        using var client = GivenAClientThatSent("GET /big.bin HTTP/1.1\r\nHost: a\r\n\r\n");
        var shown = site.StepUntil(one => one.Network.Any(wire => wire.SentBytes > 20_000));
        var wire = shown.Network.ShouldHaveSingleItem();
        site.Stepper.Go(StepMode.Running);
        var answer = client.ReceiveAnswer();
        (wire.SentBytes + wire.LeftBytes).ShouldBe(answer.Head.Length + StudiedSite.BigBytes);
    }

    [Test]
    public void A_wait_is_told_with_the_time_that_is_left()
    {
        using var client = GivenAClientThatSent("GET /ind");
        site.Stepper.Snapshots.From(0)
            .SelectMany(shown => shown.Events)
            .ShouldContain(happened => happened.EndsWith(" for at most 10 s")); // the timeout of a head
    }

    [Test]
    public void Receives_can_be_capped_too()
    {
        site.Network.Faults.ReceiveBytes = 3;
        using var client = GivenAClientThatSent("GET /index.html HTTP/1.1\r\nHost: a\r\n\r\n");
        site.Shown.Network[0].ReceivedBytes.ShouldBe(3);
        site.Stepper.Go(StepMode.Running);
        client.ReceiveAnswer().Content.Length.ShouldBe(3_000);
    }

    [Test]
    public void A_reset_ends_the_connection_as_a_network_does()
    {
        using var client = GivenAClientThatSent("GET /ind");
        var descriptor = site.Shown.Network[0].Descriptor;
        site.Stepper.Post(() => site.Network.Find(descriptor)!.Reset());
        site.StepUntil(one => one.Network.Count == 0);
        site.StepUntil(one => one.Coroutines.All(coroutine => coroutine.Name != "client"));
    }

    [TestCase("url~index")]
    [TestCase("event=partial-send")]
    [TestCase("line=HttpConnection.cs:*")]
    [TestCase("co=3")]
    public void A_breakpoint_stops_it(string text)
    {
        site.Parked();
        site.Network.Faults.SendBytes = 1_000;
        site.Stepper.Breakpoints.Add(Breakpoint.Parse(text.Replace("*", LineOfTheWrite()))!);
        site.Stepper.Go(StepMode.Running);
        using var client = site.Connect();
        client.Get("/index.html");
        var shown = site.Parked();
        shown.Events.ShouldContain(happened => happened.StartsWith("breakpoint "));
        site.Stepper.Breakpoints.Clear();
        site.Stepper.Go(StepMode.Running);
        client.ReceiveAnswer().Content.Length.ShouldBe(3_000);
    }

    [Test]
    public void While_it_stands_still_no_time_passes_for_it()
    {
        using var client = GivenAClientThatSent("GET /ind");
        site.Clock.Advance(TimeSpan.FromMinutes(10)); // every timeout would be over
        client.Send("ex.html HTTP/1.1\r\nHost: a\r\n\r\n");
        site.Stepper.Go(StepMode.Running);
        client.ReceiveAnswer().Content.Length.ShouldBe(3_000);
    }

    [Test]
    public void When_it_runs_time_passes()
    {
        using var client = GivenAClientThatSent("GET /ind");
        site.Go(StepMode.Resume);
        site.Stepper.Go(StepMode.Running);
        site.Stepper.Post(() => site.Clock.Advance(TimeSpan.FromMinutes(10)));
        Encoding.ASCII.GetString(client.ReceiveHead()).ShouldStartWith("HTTP/1.1 408 ");
    }

    [Test]
    public void Earlier_moments_are_kept_as_they_were()
    {
        site.StepUntil(one => one.Phase == Phase.Poll);
        var first = site.Stepper.Snapshots.Find(1)!;
        first.Coroutines.ShouldHaveSingleItem();
        first.Headline.ShouldBe("Turn 1: #1 'server' is resumed next.");
        site.Stepper.Snapshots.Find(0).ShouldBeNull();
    }

    [Test]
    public void Let_go_it_serves_as_ever_and_stops_in_good_order()
    {
        site.Parked();
        site.Stepper.Go(StepMode.Running);
        using var client = site.Connect();
        client.Get("/index.html", "Connection: close\r\n");
        client.ReceiveAnswer().Content.Length.ShouldBe(3_000);
        site.Stop();
    }

    private WireClient GivenAClientThatSent(string bytes)
    {
        site.StepUntil(one => one.Phase == Phase.Poll);
        var client = site.Connect();
        client.Send(bytes);
        site.Go(StepMode.Resume);
        site.StepUntil(one => one.Network.Any(wire => wire.ReceivedBytes > 0));
        return client;
    }

    private static string LineOf(SourceLine source) => source.Document.ReadText()!.Split('\n')[source.Line - 1];

    private static string LineOfTheWrite()
    {
        var path = Path.Combine(Docs.Repository.Root, "Server.Host", "Http", "HttpConnection.cs");
        var line = File.ReadAllLines(path).ToList().FindIndex(text => text.Contains("yield return WantWrite(")) + 1;
        return $"{line}";
    }
}
