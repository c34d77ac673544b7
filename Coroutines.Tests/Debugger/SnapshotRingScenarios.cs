using Coroutines.Diagnostics;
using Coroutines.Testing;
using global::Server.Host.Debugger;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: what is kept for looking back has its bounds.</summary>
public sealed class SnapshotRingScenarios
{
    [Test]
    public void The_oldest_goes_when_there_are_too_many()
    {
        var ring = new SnapshotRing();
        for (var count = 0; count <= SnapshotRing.Capacity; count++)
            ring.Add(number => new Snapshot(number, 1, Phase.Poll));
        ring.Count.ShouldBe(SnapshotRing.Capacity);
        ring.FirstNumber.ShouldBe(2);
        ring.Find(1).ShouldBeNull();
        ring.Find(2)!.Number.ShouldBe(2);
        ring.Find(SnapshotRing.Capacity + 1)!.ShouldBe(ring.Last);
        ring.From(SnapshotRing.Capacity).Select(one => one.Number).ShouldBe([500, 501]);
    }

    [Test]
    public void The_oldest_go_when_they_are_too_large()
    {
        var ring = new SnapshotRing(maxBytes: 100_000);
        for (var count = 0; count < 50; count++)
            ring.Add(number => new Snapshot(number, 1, Phase.Poll)
            {
                Happenings = [new(default, 1, "a", new('x', 5_000))],
            });
        ring.Bytes.ShouldBeLessThanOrEqualTo(100_000);
        ring.Count.ShouldBeInRange(2, 10);
        ring.Last!.Number.ShouldBe(50);
    }

    [Test]
    public void The_last_is_kept_however_large_it_is()
    {
        var ring = new SnapshotRing(maxBytes: 1);
        ring.Add(number => new Snapshot(number, 1, Phase.Poll));
        ring.Add(number => new Snapshot(number, 1, Phase.Poll));
        ring.Count.ShouldBe(1);
        ring.Last!.Number.ShouldBe(2);
    }

    [Test]
    public void A_hundred_processes_count_with_all_their_sockets()
    {
        var ring = new SnapshotRing();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var count = 0; count < SnapshotRing.Capacity; count++)
            ring.Add(number => new(number, 1, Phase.ByKernel) { Tables = new() { Processes = Processes(100) } });
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        taken.ShouldBeLessThanOrEqualTo(SnapshotRing.DefaultMaxBytes);
        GC.KeepAlive(ring);
    }

    [Test]
    public void The_sets_of_a_poll_count()
    {
        var (asked, ring) = (Enumerable.Range(0, 20_000).ToList(), new SnapshotRing());
        var sets = new PollSets(asked, [], Timeout.InfiniteTimeSpan, ReadyBefore: []);
        ring.Add(number => new(number, 1, Phase.Poll) { Sets = sets });
        ring.Bytes.ShouldBeGreaterThan(asked.Count * sizeof(int));
    }

    private static List<ProcessRow> Processes(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(id => new ProcessRow(
                    id,
                    "S",
                    [.. Enumerable.Range(0, 60).Select(fd => $"{fd} socket:[{id}{fd}]")]
                )),
        ];

    [Test]
    public void Five_hundred_snapshots_of_two_thousand_coroutines_stay_within_the_bound()
    {
        using var simulation = new Simulation();
        for (var count = 0; count < 2_000; count++)
            simulation.Scheduler.Spawn(Sleep($"client {count}"), "client");
        simulation.RunUntilIdle();
        var ring = new SnapshotRing();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var count = 0; count < SnapshotRing.Capacity; count++)
            ring.Add(number => new Snapshot(number, 1, Phase.Poll) { Dump = simulation.Scheduler.Dump() });
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        ring.Bytes.ShouldBeLessThanOrEqualTo(SnapshotRing.DefaultMaxBytes);
        taken.ShouldBeLessThanOrEqualTo(SnapshotRing.DefaultMaxBytes); // so the estimate is one from above
        ring.Count.ShouldBeGreaterThan(10);
        GC.KeepAlive(ring);
    }

    private static IEnumerator<Wait> Sleep(string name)
    {
        var buffer = new byte[32];
        buffer[0] = (byte)'a';
        yield return Wait.Sleep(TimeSpan.FromHours(1));
        name.ShouldNotBe(buffer.ToString());
    }
}
