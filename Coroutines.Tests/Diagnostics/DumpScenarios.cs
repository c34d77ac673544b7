using System.Text.Json;
using System.Text.RegularExpressions;
using Coroutines.Diagnostics;
using Coroutines.Sync;
using Coroutines.Testing;
using static Coroutines.Wait;
using Semaphore = Coroutines.Sync.Semaphore;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Feature: a dump tells where every coroutine stands, and what it waits for.</summary>
public sealed partial class DumpScenarios
{
    private const string ServerAndClients = """
        Turn 2: 5 coroutines, 2 ready, 2 watched.

        #1 'server', waits for JoinScope on scope of #1, since 1.50 s
            DumpScenarios.Serves at DumpScenarios.cs:N
                peers = ScriptedPeer[2], clients = scope of #1

        #2 'coroutine 2', Ready
            DumpScenarios.Naps at DumpScenarios.cs:N

        2 coroutines at the same place:
        #3 'client' in #1, waits for Read on fd 3, since 1.50 s
        #4 'client' in #1, waits for Read on fd 4, since 1.50 s
            DumpScenarios.Reads at DumpScenarios.cs:N
                #3: peer = {ScriptedPeer}
                #4: peer = {ScriptedPeer}
            DumpScenarios.Talks at DumpScenarios.cs:N
                #3: peer = {ScriptedPeer}, number = 0
                #4: peer = {ScriptedPeer}, number = 1

        #5 'late', New
            DumpScenarios.Naps, not started

        """;

    private readonly Simulation simulation = new();

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void Its_text_shows_waits_frames_and_variables_and_groups_equal_stacks()
    {
        GivenAServerWithTwoClients();
        LineNumber.Aside(Scheduler.Dump().ToString()).ShouldBe(ServerAndClients.ReplaceLineEndings("\n"));
    }

    [Test]
    public void One_that_sleeps_waits_on_nothing()
    {
        Scheduler.Spawn(Sleeps(), "sleeper");
        simulation.RunUntilIdle();
        Scheduler.Dump().ToString().ShouldContain("#1 'sleeper', waits for Sleep, since 0.00 s\n");
        Scheduler.Dump().ToJson().ShouldNotContain("waitsOn");
    }

    [Test]
    public void What_cannot_be_read_of_a_wait_leaves_the_rest_readable()
    {
        Scheduler.Spawn(WaitsOnA(new Unreadable(simulation.Connect())), "waiter");
        simulation.RunUntilIdle();
        Scheduler.Dump().ToString().ShouldContain("#1 'waiter', waits for Any on (unreadable: FormatException), since");
    }

    [TestCase("\u001b", "\\u001b")] // escape: what a terminal obeys
    [TestCase("\r", "\\r")]
    [TestCase("\n", "\\n")]
    [TestCase("\t", "\\t")]
    [TestCase("\u0085", "\\u0085")] // next line
    [TestCase("\u2028", "\\u2028")] // line separator
    [TestCase("\u2029", "\\u2029")] // paragraph separator
    [TestCase("\u202e", "\\u202e")] // right-to-left override
    [TestCase("\u2066", "\\u2066")] // left-to-right isolate
    [TestCase("\u200b", "\\u200b")] // zero width space
    [TestCase("\U000e0001", "\\U000e0001")] // language tag
    public void What_a_name_must_not_do_to_who_reads_it_is_escaped(string one, string escaped)
    {
        var name = $"one{one}two";
        var evil = Scheduler.Spawn(Receives(new(3, name), new(1, name), new(name)), name);
        Scheduler.Spawn(Joins(evil), "joiner");
        simulation.RunUntilIdle();
        var dump = Scheduler.Dump();
        dump.ToString()
            .ShouldContain($"#1 'one{escaped}two', waits for Any on any of 2: Receive channel 'one{escaped}");
        dump.ToString().ShouldContain($"#2 'joiner', waits for Join on #1 'one{escaped}two' Suspended");
        dump.ToString().ShouldContain($"stop = event 'one{escaped}two' (not set)");
        dump.ToString().Replace("\n", "", StringComparison.Ordinal).ShouldNotContain(one);
        dump.Coroutines[0].ToString().ShouldStartWith($"#1 'one{escaped}two', waits");
        evil.ToString().ShouldStartWith($"#1 'one{escaped}two' Suspended (Any any of 2: Receive channel 'one{escaped}");
    }

    [Test]
    public void A_name_stays_as_it_is_in_other_languages()
    {
        Scheduler.Spawn(Sleeps(), "Zoë 😀 مرحبا C:\\x 'y'");
        simulation.RunUntilIdle();
        Scheduler.Dump().ToString().ShouldContain("#1 'Zoë 😀 مرحبا C:\\x 'y'', waits for Sleep");
    }

    [Test]
    public void The_variables_that_it_waits_with_are_named()
    {
        Scheduler.Spawn(Receives(new(3, "jobs"), new(1, "permit"), new("stop")));
        simulation.RunUntilIdle();
        Scheduler
            .Dump()
            .ToString()
            .ShouldContain(
                "jobs = channel 'jobs' (0 of 3 items), permit = semaphore 'permit' (1 of 1 available), "
                    + "stop = event 'stop' (not set)"
            );
    }

    [Test]
    public void Its_json_begins_with_the_version_of_its_schema_and_has_the_same()
    {
        GivenAServerWithTwoClients();
        var json = Scheduler.Dump().ToJson();
        json.TrimStart('{', ' ', '\r', '\n').ShouldStartWith("\"schema\": 1,");
        using var dump = JsonDocument.Parse(json);
        var client = dump.RootElement.GetProperty("coroutines").EnumerateArray().ElementAt(2);
        client.GetProperty("id").GetInt32().ShouldBe(3);
        client.GetProperty("parent").GetInt32().ShouldBe(1);
        client.GetProperty("waitsFor").GetString().ShouldBe("Read");
        client.GetProperty("descriptor").GetInt32().ShouldBe(3);
        client.GetProperty("suspendedSeconds").GetDouble().ShouldBe(1.5);
        var frame = client.GetProperty("frames")[1];
        frame.GetProperty("method").GetString().ShouldBe("DumpScenarios.Talks");
        frame.GetProperty("file").GetString().ShouldEndWith("DumpScenarios.cs");
        frame.GetProperty("line").GetInt32().ShouldBeGreaterThan(1);
        frame.GetProperty("variables").GetProperty("number").GetString().ShouldBe("0");
    }

    [Test]
    public void All_that_live_are_found_however_deep_their_scopes()
    {
        Scheduler.Spawn(Nests(5));
        simulation.RunUntilIdle();
        Scheduler.Dump().Coroutines.Select(one => one.ParentId).ShouldBe([null, 1, 2, 3, 4, 5]);
    }

    [Test]
    public void One_that_runs_is_shown_as_running()
    {
        SchedulerDump? dump = null;
        Scheduler.Spawn(Looks(() => dump = Scheduler.Dump()));
        simulation.RunUntilIdle();
        var coroutine = dump.ShouldNotBeNull().Coroutines.ShouldHaveSingleItem();
        coroutine.State.ShouldBe(CoroutineState.Running);
        coroutine.Suspended.ShouldBeNull();
        coroutine.Frames[0].ToString().ShouldBe("DumpScenarios.Looks, running");
    }

    [Test]
    public void One_that_has_ended_the_scope_it_runs_in_is_found_too()
    {
        SchedulerDump? dump = null;
        Scheduler.Spawn(Parent(() => dump = Scheduler.Dump()));
        simulation.RunUntilIdle();
        dump.ShouldNotBeNull().Coroutines.ShouldHaveSingleItem().Name.ShouldBe("child");
    }

    [Test]
    public void Of_a_crowd_at_one_place_all_are_listed_and_some_are_shown_with_their_variables()
    {
        for (var number = 0; number < 20; number++)
            Scheduler.Spawn(Talks(simulation.Connect(), number));
        simulation.RunUntilIdle();
        var text = Scheduler.Dump().ToString();
        Headlines().Count(text).ShouldBe(20);
        text.ShouldContain("number = 7");
        text.ShouldNotContain("number = 8");
        text.ShouldContain("... and those of 12 more");
    }

    private void GivenAServerWithTwoClients()
    {
        Scheduler.Spawn(Serves(simulation.Connect(), simulation.Connect()), "server");
        Scheduler.Spawn(Naps());
        Scheduler.Turn(TimeSpan.Zero);
        Scheduler.Turn(TimeSpan.Zero);
        simulation.Clock.Advance(TimeSpan.FromSeconds(1.5));
        Scheduler.Spawn(Naps(), "late");
    }

    private static IEnumerator<Wait> Serves(params ScriptedPeer[] peers)
    {
        using var clients = Scope.Open();
        for (var number = 0; number < peers.Length; number++)
            clients.Spawn(Talks(peers[number], number), "client");
        yield return clients.Join();
    }

    private static IEnumerator<Wait> Talks(ScriptedPeer peer, int number)
    {
        yield return Call(Reads(peer), TimeSpan.FromSeconds(10));
        GC.KeepAlive(number);
    }

    private static IEnumerator<Wait> Reads(ScriptedPeer peer)
    {
        yield return WantRead(peer.Connection);
    }

    private static IEnumerator<Wait> Naps()
    {
        while (true)
            yield return Pause();
    }

    private static IEnumerator<Wait> Sleeps()
    {
        yield return Sleep(TimeSpan.FromHours(1));
    }

    private static IEnumerator<Wait> Joins(Coroutine other)
    {
        yield return Join(other);
    }

    private static IEnumerator<Wait> WaitsOnA(IWaitable waitable)
    {
        yield return Any(WantRead(waitable));
    }

    private static IEnumerator<Wait> Receives(Channel<int> jobs, Semaphore permit, Event stop)
    {
        yield return Any(jobs.Receive(), stop.WaitUntilSet());
        GC.KeepAlive(permit);
    }

    private sealed class Unreadable(ScriptedPeer peer) : IWaitable
    {
        public SocketSlot Slot => peer.Connection.Slot;

        public override string ToString() => throw new FormatException();
    }

    private static IEnumerator<Wait> Nests(int depth)
    {
        using var scope = Scope.Open();
        if (depth > 0)
            scope.Spawn(Nests(depth - 1));
        yield return Sleep(TimeSpan.FromHours(1));
    }

    private static IEnumerator<Wait> Looks(Action look)
    {
        yield return Pause();
        look();
    }

    private static IEnumerator<Wait> Parent(Action look)
    {
        using var scope = Scope.Open();
        scope.Spawn(Child(Coroutine.Current!, look), "child");
        yield return scope.Join();
    }

    private static IEnumerator<Wait> Child(Coroutine parent, Action look)
    {
        yield return Pause();
        parent.Cancel();
        look();
    }

    [GeneratedRegex(@"^#\d+", RegexOptions.Multiline)]
    private static partial Regex Headlines();
}
