using System.Runtime.Versioning;
using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: a large file that is asked for again is copied into memory once, within bounds, and sent from
/// there.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class FileCopyScenarios
{
    private const int Large = 100_000;

    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);
    private static readonly string Old = new('o', Large);
    private static readonly string New = new('n', Large);

    private readonly ServedFolder served = new(new FileCacheLimits { CapacityBytes = 1_000_000 });

    private TemporaryFolder Folder => served.Folder;

    private FileCache Cache => served.Cache;

    [TearDown]
    public void Remove() => served.Dispose();

    [Test]
    public void Who_asks_first_gets_the_file_itself()
    {
        Folder.Write("a", Old);
        using var found = served.Find("/a");
        found.Copy.ShouldBeNull();
        found.Entry!.IsCopy.ShouldBeFalse();
    }

    [Test]
    public void Who_asks_again_gets_the_copy_which_says_the_same()
    {
        Folder.Write("a.html", Old);
        using var file = served.Find("/a.html");
        GivenACopyOf("/a.html");
        using var copy = served.Find("/a.html");
        copy.Copy.ShouldBeNull();
        copy.Entry!.IsCopy.ShouldBeTrue();
        ServedFolder.ContentOf(copy.Entry).ShouldBe(Old);
        WhatIsSaidOf(copy.Entry).ShouldBe(WhatIsSaidOf(file.Entry!));
        (Cache.Count, Cache.HandleCount).ShouldBe((1, 1));
    }

    [Test]
    public void All_who_ask_meanwhile_wait_for_one_copy()
    {
        Folder.Write("a", Old);
        served.ContentOf("/a");
        using var one = served.Find("/a");
        using var other = served.Find("/a");
        other.Copy!.Begin().ShouldBeSameAs(one.Copy!.Begin());
    }

    [Test]
    public void Nobody_can_write_a_copy()
    {
        Folder.Write("a", Old);
        GivenACopyOf("/a");
        using var copy = served.Find("/a");
        var path = $"/proc/self/fd/{copy.Entry!.Handle!.DangerousGetHandle()}";
        using var writable = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        Should.Throw<UnauthorizedAccessException>(() => RandomAccess.Write(writable, "x"u8, 0)); // EPERM
    }

    [Test]
    public void A_copy_counts_from_when_it_is_begun()
    {
        Folder.Write("a", Old);
        served.ContentOf("/a");
        var before = Cache.CostBytes;
        using var found = served.Find("/a");
        var work = found.Copy!.Begin();
        Cache.CostBytes.ShouldBe(before + Large);
        work.Do();
        served.ContentOf("/a").ShouldBe(Old);
        Cache.CostBytes.ShouldBe(before + Large);
    }

    [TestCase(4, true)]
    [TestCase(3, false)]
    public void A_file_that_would_take_more_than_a_quarter_of_the_room_is_not_copied(int quarters, bool isCopied)
    {
        Folder.Write("a", Old);
        var limits = new FileCacheLimits { CapacityBytes = quarters * Large };
        using var cache = new FileCache(FileRoot.At(Folder.Root), served.Clock, limits);
        cache.Find("/a"u8).Dispose();
        using var again = cache.Find("/a"u8);
        (again.Copy is not null).ShouldBe(isCopied);
    }

    [Test]
    public void Copies_drive_out_what_is_unused_for_longest()
    {
        for (var number = 0; number < 20; number++)
        {
            Folder.Write($"{number}", Old);
            GivenACopyOf($"/{number}");
            served.ContentOf($"/{number}").ShouldBe(Old);
        }
        Cache.CostBytes.ShouldBeLessThanOrEqualTo(1_000_000);
        Cache.Count.ShouldBe(9);
    }

    [Test]
    public void Copies_that_are_being_sent_take_as_much_room_again_at_the_most()
    {
        var held = Enumerable.Range(0, 30).Select(number => HoldWhatIsFoundAgain($"{number}")).ToList();
        held.Count(answer => answer.Entry!.IsCopy).ShouldBe(2_000_000 / Large);
        Cache.CostBytes.ShouldBeLessThanOrEqualTo(1_000_000);
        held.ForEach(answer => answer.Dispose());
        using var copy = HoldWhatIsFoundAgain("next");
        copy.Entry!.IsCopy.ShouldBeTrue();
    }

    [TestCase(1.9, false)]
    [TestCase(2, true)]
    public void A_file_that_was_changed_a_moment_ago_is_not_copied(double secondsAgo, bool isCopied)
    {
        var written = File.GetLastWriteTimeUtc(Folder.Write("a", Old));
        using var cache = new FileCache(
            FileRoot.At(Folder.Root),
            new FixedClock(written.AddSeconds(secondsAgo)),
            new() { CapacityBytes = 1_000_000 }
        );
        cache.Find("/a"u8).Dispose();
        using var again = cache.Find("/a"u8);
        (again.Copy is not null).ShouldBe(isCopied);
    }

    [Test]
    public void A_file_that_changes_while_it_is_copied_is_sent_as_it_is()
    {
        Folder.Write("a", Old);
        served.ContentOf("/a");
        using var found = served.Find("/a");
        var work = found.Copy!.Begin();
        File.WriteAllText(Folder.InRoot("a"), New);
        work.Do();
        using var next = served.Find("/a");
        next.Entry!.IsCopy.ShouldBeFalse();
        ServedFolder.ContentOf(next.Entry).ShouldBe(New);
    }

    [Test]
    public void A_change_of_a_copied_file_is_seen_in_time()
    {
        Folder.Write("a", Old);
        GivenACopyOf("/a");
        served.ContentOf("/a").ShouldBe(Old);
        Folder.Write("a", New);
        served.Clock.Advance(Recheck);
        served.ContentOf("/a").ShouldBe(New);
    }

    [Test]
    public void What_lies_coded_beside_a_file_is_copied_too()
    {
        Folder.Write("a", "plain");
        Folder.Write("a.br", Old);
        var brotli = new CodingWeights { Brotli = 1000 };
        Cache.Find("/a"u8, brotli).Dispose();
        using (var found = Cache.Find("/a"u8, brotli))
            found.Copy!.Begin().Do();
        using var copy = Cache.Find("/a"u8, brotli);
        (copy.Entry!.IsCopy, copy.Entry.Coding).ShouldBe((true, ContentCoding.Brotli));
    }

    [Test]
    public void A_copied_answer_allocates_nothing()
    {
        Folder.Write("a", Old);
        GivenACopyOf("/a");
        Cache.Find("/a"u8).Dispose();
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var hits = 0; hits < 100; hits++)
            Cache.Find("/a"u8).Dispose();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_copy_that_nobody_waits_for_any_more_is_let_go(bool isMadeBefore)
    {
        Folder.Write("a", Old);
        served.ContentOf("/a");
        FileEntry file;
        SlowWork work;
        using (var found = served.Find("/a"))
            (file, work) = (found.Entry!, found.Copy!.Begin());
        if (isMadeBefore)
            work.Do();
        Cache.Dispose();
        file.Handle!.IsClosed.ShouldBeTrue();
        if (!isMadeBefore)
            Should.NotThrow(work.Do);
    }

    private void GivenACopyOf(string path)
    {
        served.ContentOf(path);
        using var found = served.Find(path);
        found.Copy!.Begin().Do();
    }

    private Lookup HoldWhatIsFoundAgain(string name)
    {
        Folder.Write(name, Old);
        served.ContentOf($"/{name}");
        using (var found = served.Find($"/{name}"))
            found.Copy?.Begin().Do();
        return served.Find($"/{name}");
    }

    private static string WhatIsSaidOf(FileEntry entry) =>
        string.Join(
            '|',
            Encoding.ASCII.GetString(entry.ETag.Span),
            Encoding.ASCII.GetString(entry.ContentType.Span),
            Encoding.ASCII.GetString(entry.CacheControl.Span),
            $"{entry.LastModified} {entry.LengthBytes} {entry.Coding} {entry.IsCompressible} {entry.Varies}"
        );
}
