using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: paths that led to nothing are remembered for a while, a few of them.</summary>
public sealed class RecentMissesScenarios
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly FixedClock clock = new(new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly RecentMisses misses;

    public RecentMissesScenarios() => misses = new(Freshness, clock);

    [Test]
    public void A_path_is_remembered_and_no_other()
    {
        Miss("/a");
        Remembers("/a").ShouldBeTrue();
        Remembers("/b").ShouldBeFalse();
        Remembers("/aa").ShouldBeFalse();
        Remembers("/").ShouldBeFalse();
    }

    [Test]
    public void It_is_forgotten_when_its_time_is_up()
    {
        Miss("/a");
        clock.Advance(Freshness - TimeSpan.FromTicks(1));
        Remembers("/a").ShouldBeTrue();
        clock.Advance(TimeSpan.FromTicks(1));
        Remembers("/a").ShouldBeFalse();
    }

    [TestCase(RecentMisses.MaxPathBytes, ExpectedResult = true)]
    [TestCase(RecentMisses.MaxPathBytes + 1, ExpectedResult = false)]
    public bool A_path_is_remembered_up_to_a_length(int bytes)
    {
        var path = "/" + new string('a', bytes - 1);
        Miss(path);
        return Remembers(path);
    }

    [Test]
    public void However_many_there_are_a_few_are_remembered_and_none_allocates()
    {
        var paths = Enumerable.Range(0, 10_000).Select(i => Encoding.ASCII.GetBytes($"/{i}")).ToArray();
        MissAll(paths);
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        MissAll(paths);
        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
        paths.Count(path => misses.Find(path) is not null).ShouldBeInRange(1, 256);
    }

    private void MissAll(byte[][] paths)
    {
        foreach (var path in paths)
            misses.Add(path, clock.GetTimestamp());
    }

    private void Miss(string path) => misses.Add(Encoding.ASCII.GetBytes(path), clock.GetTimestamp());

    private bool Remembers(string path) => misses.Find(Encoding.ASCII.GetBytes(path)) is not null;
}
