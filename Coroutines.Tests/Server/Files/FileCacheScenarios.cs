using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: files used last are answered from memory, within bounds, and changes are seen in time.</summary>
public sealed class FileCacheScenarios
{
    private const int SmallFileBytes = 1_000;

    // Long enough for a file not to be taken for one that is being written, too short for its stamp to be settled.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ServedFolder served = new(
        new FileCacheLimits
        {
            CapacityBytes = 20_000,
            SmallFileBytes = SmallFileBytes,
            MaxHandles = 2,
            RecheckAfter = Recheck,
        }
    );

    private TemporaryFolder Folder => served.Folder;

    private FileCache Cache => served.Cache;

    [TearDown]
    public void Remove() => served.Dispose();

    [TestCase(3)]
    [TestCase(SmallFileBytes + 1)]
    public void A_file_is_loaded_once(int length)
    {
        Folder.Write("a", new string('x', length));
        using var first = served.Find("/a");
        using var second = served.Find("/a");
        second.Entry.ShouldBeSameAs(first.Entry);
        Cache.Count.ShouldBe(1);
    }

    [TestCase(3)]
    [TestCase(SmallFileBytes + 1)]
    public void A_cached_answer_allocates_nothing(int length)
    {
        Folder.Write("folder/a.html", new string('x', length));
        AllocatedBy(hits: 1_000, "/folder/%61.html", TimeSpan.Zero).ShouldBe(0);
    }

    [Test]
    [Platform("Linux")]
    public void An_answer_that_was_checked_again_allocates_nothing_either()
    {
        Folder.Write("folder/a.html", "hello");
        AllocatedBy(hits: 100, "/folder/a.html", Recheck).ShouldBe(0);
    }

    [Test]
    public void A_change_is_seen_after_one_second_and_not_before()
    {
        Folder.Write("a", "old");
        served.ContentOf("/a").ShouldBe("old");
        Folder.Write("a", "newer");
        WhenTimePasses(Recheck - Tick);
        served.ContentOf("/a").ShouldBe("old");
        WhenTimePasses(Tick);
        served.ContentOf("/a").ShouldBe("newer");
        Cache.Count.ShouldBe(1);
    }

    [Test]
    public void An_unchanged_file_is_checked_once_a_second()
    {
        Folder.Write("a", "old");
        using var first = served.Find("/a");
        WhenTimePasses(Recheck);
        using var second = served.Find("/a");
        second.Entry.ShouldBeSameAs(first.Entry);
        Folder.Write("a", "newer");
        WhenTimePasses(Recheck - Tick);
        served.ContentOf("/a").ShouldBe("old");
    }

    [Test]
    public void A_file_replaced_by_renaming_is_seen()
    {
        Folder.Write("a", "old");
        served.ContentOf("/a").ShouldBe("old");
        File.Move(Folder.Write("next", "newer"), Folder.InRoot("a"), overwrite: true);
        WhenTimePasses(Recheck);
        served.ContentOf("/a").ShouldBe("newer");
    }

    [Test]
    [Platform("Linux")]
    public void A_file_replaced_by_one_of_equal_length_and_time_is_seen()
    {
        var written = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Folder.Write("a", "old"), written);
        served.ContentOf("/a").ShouldBe("old");
        File.SetLastWriteTimeUtc(Folder.Write("next", "new"), written);
        File.Move(Folder.InRoot("next"), Folder.InRoot("a"), overwrite: true);
        WhenTimePasses(Recheck);
        served.ContentOf("/a").ShouldBe("new");
    }

    [TestCase(3)]
    [TestCase(SmallFileBytes + 1)]
    public void A_shortened_file_is_seen(int length)
    {
        Folder.Write("a", new string('x', length));
        served.ContentOf("/a")!.Length.ShouldBe(length);
        Folder.Write("a", "x");
        WhenTimePasses(Recheck);
        served.ContentOf("/a").ShouldBe("x");
    }

    [Test]
    public void A_deleted_file_is_seen_and_so_is_its_return()
    {
        Folder.Write("a", "old");
        served.ContentOf("/a").ShouldBe("old");
        File.Delete(Folder.InRoot("a"));
        WhenTimePasses(Recheck);
        served.KindOf("/a").ShouldBe(LookupKind.NotFound);
        Cache.Count.ShouldBe(0);
        Folder.Write("a", "back");
        served.ContentOf("/a").ShouldBe("back");
    }

    [Test]
    public void A_file_that_becomes_a_folder_is_redirected()
    {
        Folder.Write("a", "old");
        served.ContentOf("/a").ShouldBe("old");
        File.Delete(Folder.InRoot("a"));
        Directory.CreateDirectory(Folder.InRoot("a"));
        WhenTimePasses(Recheck);
        served.KindOf("/a").ShouldBe(LookupKind.RedirectToSlash);
    }

    [Test]
    [Platform("Linux")]
    public void A_file_that_becomes_a_link_out_of_the_root_is_not_found()
    {
        Folder.Write("a", "old");
        served.ContentOf("/a").ShouldBe("old");
        File.Delete(Folder.InRoot("a"));
        Folder.Link("a", Folder.WriteSecret("secret.txt"));
        WhenTimePasses(Recheck);
        served.KindOf("/a").ShouldBe(LookupKind.NotFound);
    }

    [Test]
    public void A_file_that_was_written_a_moment_ago_is_not_there_yet()
    {
        Folder.Write("a", "hello");
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        using var cache = new FileCache(new FolderOfStrangers(FileRoot.At(Folder.Root)), clock, new());
        KindOf(cache).ShouldBe(LookupKind.BeingWritten);
        clock.Advance(Moment);
        KindOf(cache).ShouldBe(LookupKind.Found);
    }

    [Test]
    [Platform("Linux")]
    public void A_file_of_our_own_is_there_as_soon_as_nobody_writes_it()
    {
        using (var writer = new StreamWriter(Folder.InRoot("a")))
        {
            writer.Write("hel");
            writer.Flush();
            KindAfterItsWriting(milliseconds: 20).ShouldBe(LookupKind.BeingWritten);
            KindAfterItsWriting(milliseconds: 900).ShouldBe(LookupKind.BeingWritten); // he is held up
            KindAfterItsWriting(milliseconds: 1_100).ShouldBe(LookupKind.Found); // as a log is that is kept open
            writer.Write("lo");
        }
        KindAfterItsWriting(milliseconds: 20).ShouldBe(LookupKind.Found);
    }

    private LookupKind KindAfterItsWriting(int milliseconds)
    {
        var written = File.GetLastWriteTimeUtc(Folder.InRoot("a"));
        var clock = new FixedClock(written + TimeSpan.FromMilliseconds(milliseconds));
        using var cache = new FileCache(FileRoot.At(Folder.Root), clock, new());
        return KindOf(cache);
    }

    // A file system whose clock moves in ticks of some milliseconds gives both contents one stamp.
    [Test]
    public void A_file_written_twice_within_a_tick_is_seen()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow + Moment);
        using var cache = new FileCache(FileRoot.At(Folder.Root), clock, new());
        Folder.Write("a", "old");
        ContentOf(cache, "/a").ShouldBe("old");
        Folder.Write("a", "new");
        clock.Advance(Recheck);
        ContentOf(cache, "/a").ShouldBe("new");
    }

    [Test]
    public void A_file_changed_just_now_is_loaded_again_until_its_stamp_is_settled()
    {
        Folder.Write("a", "old");
        var clock = new FixedClock(DateTimeOffset.UtcNow + Moment);
        using var cache = new FileCache(FileRoot.At(Folder.Root), clock, new());
        var early = EntryOf(cache, "/a");
        clock.Advance(TimeSpan.FromSeconds(3));
        var settled = EntryOf(cache, "/a");
        clock.Advance(TimeSpan.FromSeconds(3));
        settled.ShouldNotBeSameAs(early);
        EntryOf(cache, "/a").ShouldBeSameAs(settled);
    }

    [Test]
    public void A_file_that_appears_where_nothing_was_is_seen_at_once()
    {
        served.ContentOf("/a").ShouldBeNull();
        served.ContentOf("/a").ShouldBeNull();
        Folder.Write("a", "here");
        served.ContentOf("/a").ShouldBe("here");
    }

    [Test]
    public void Within_a_turn_it_is_looked_for_once()
    {
        var turn = 1;
        served.Cache.Turn = () => turn;
        served.ContentOf("/a").ShouldBeNull();
        served.ContentOf("/a").ShouldBeNull();
        Folder.Write("a", "here");
        served.ContentOf("/a").ShouldBeNull();
        turn++;
        served.ContentOf("/a").ShouldBe("here");
    }

    [Test]
    public void What_appears_coded_where_nothing_was_is_seen_after_one_second()
    {
        served.KindOf("/a").ShouldBe(LookupKind.NotFound);
        Folder.Write("a.gz", "coded");
        served.Clock.Advance(Recheck - Tick);
        served.KindOf("/a").ShouldBe(LookupKind.NotFound);
        served.Clock.Advance(Tick);
        served.KindOf("/a").ShouldBe(LookupKind.Found);
    }

    [Test]
    public void What_is_not_found_takes_no_place()
    {
        Directory.CreateDirectory(Folder.InRoot("folder"));
        foreach (var path in new[] { "/missing", "/folder", "/..", "/%zz" })
            served.KindOf(path);
        Cache.Count.ShouldBe(0);
    }

    [Test]
    public void The_bytes_stay_within_their_bound()
    {
        for (var i = 0; i < 100; i++)
        {
            Folder.Write($"{i}", new string('x', i * 9));
            served.ContentOf($"/{i}").ShouldNotBeNull();
            Cache.CostBytes.ShouldBeInRange(1, 20_000);
        }
        Cache.Count.ShouldBeInRange(10, 30);
    }

    [Test]
    public void The_file_unused_for_longest_goes_first()
    {
        using var small = GivenRoomFor(files: 2, "a", "b", "c");
        var a = EntryOf(small, "/a");
        var b = EntryOf(small, "/b");
        EntryOf(small, "/a").ShouldBeSameAs(a);
        EntryOf(small, "/c");
        EntryOf(small, "/a").ShouldBeSameAs(a);
        EntryOf(small, "/b").ShouldNotBeSameAs(b);
        small.Count.ShouldBe(2);
    }

    [Test]
    public void Handles_stay_within_their_bound_and_the_one_unused_for_longest_is_closed()
    {
        foreach (var name in new[] { "a", "b", "c" })
            Folder.Write(name, new string('x', SmallFileBytes + 1));
        Folder.Write("small", "x");
        var small = EntryOf(Cache, "/small");
        var a = EntryOf(Cache, "/a");
        var b = EntryOf(Cache, "/b");
        EntryOf(Cache, "/a").ShouldBeSameAs(a);
        EntryOf(Cache, "/c");
        Cache.HandleCount.ShouldBe(2);
        b.Handle!.IsClosed.ShouldBeTrue();
        a.Handle!.IsClosed.ShouldBeFalse();
        EntryOf(Cache, "/small").ShouldBeSameAs(small);
    }

    [Test]
    public void An_evicted_file_stays_open_until_its_response_is_sent()
    {
        var large = GivenALargeFileThatIsBeingSent();
        foreach (var name in new[] { "b", "c" })
            EntryOf(Cache, "/" + name);
        large.Entry!.Handle!.IsClosed.ShouldBeFalse();
        ServedFolder.ContentOf(large.Entry).Length.ShouldBe(SmallFileBytes + 1);
        large.Dispose();
        large.Entry.Handle.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void A_replaced_file_stays_open_until_its_response_is_sent()
    {
        var large = GivenALargeFileThatIsBeingSent();
        Folder.Write("next", "newer");
        File.Move(Folder.InRoot("next"), Folder.InRoot("a"), overwrite: true);
        WhenTimePasses(Recheck);
        served.ContentOf("/a").ShouldBe("newer");
        ServedFolder.ContentOf(large.Entry!).Length.ShouldBe(SmallFileBytes + 1);
        large.Dispose();
        large.Entry!.Handle!.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void A_cached_file_stays_open_after_its_response_is_sent()
    {
        var large = GivenALargeFileThatIsBeingSent();
        large.Dispose();
        large.Entry!.Handle!.IsClosed.ShouldBeFalse();
        Cache.Dispose();
        large.Entry.Handle.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void A_cache_that_is_disposed_leaves_open_what_is_being_sent()
    {
        var large = GivenALargeFileThatIsBeingSent();
        Cache.Dispose();
        (Cache.Count, Cache.HandleCount, Cache.CostBytes).ShouldBe((0, 0, 0));
        large.Entry!.Handle!.IsClosed.ShouldBeFalse();
        large.Dispose();
        large.Entry.Handle.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void A_cache_without_room_still_answers()
    {
        Folder.Write("a", "small");
        Folder.Write("b", new string('x', SmallFileBytes + 1));
        var limits = new FileCacheLimits { CapacityBytes = 0, SmallFileBytes = SmallFileBytes };
        using var none = new FileCache(FileRoot.At(Folder.Root), served.Clock, limits);
        ContentOf(none, "/a").ShouldBe("small");
        EntryOf(none, "/b").Handle!.IsClosed.ShouldBeTrue();
        none.Count.ShouldBe(0);
    }

    [Test]
    public void A_cache_without_handles_still_answers()
    {
        Folder.Write("b", new string('x', SmallFileBytes + 1));
        var limits = new FileCacheLimits { MaxHandles = 0, SmallFileBytes = SmallFileBytes };
        using var none = new FileCache(FileRoot.At(Folder.Root), served.Clock, limits);
        ContentOf(none, "/b")!.Length.ShouldBe(SmallFileBytes + 1);
        none.Count.ShouldBe(0);
    }

    [Test]
    public void Limits_below_zero_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new FileCacheLimits { CapacityBytes = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new FileCacheLimits { SmallFileBytes = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new FileCacheLimits { MaxHandles = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new FileCacheLimits { RecheckAfter = -Tick });
    }

    private Lookup GivenALargeFileThatIsBeingSent()
    {
        foreach (var name in new[] { "a", "b", "c" })
            Folder.Write(name, new string('x', SmallFileBytes + 1));
        return served.Find("/a");
    }

    private FileCache GivenRoomFor(int files, params string[] names)
    {
        foreach (var name in names)
            Folder.Write(name, name);
        EntryOf(Cache, "/" + names[0]);
        var limits = new FileCacheLimits { CapacityBytes = files * Cache.CostBytes };
        return new(FileRoot.At(Folder.Root), served.Clock, limits);
    }

    private void WhenTimePasses(TimeSpan time) => served.Clock.Advance(time);

    private long AllocatedBy(int hits, string path, TimeSpan between)
    {
        var rawPath = Encoding.ASCII.GetBytes(path);
        Cache.Find(rawPath).Dispose();
        Cache.Find(rawPath).Dispose();
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < hits; i++)
        {
            served.Clock.Advance(between);
            Cache.Find(rawPath).Dispose();
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static LookupKind KindOf(FileCache cache)
    {
        using var lookup = cache.Find("/a"u8);
        return lookup.Kind;
    }

    private static FileEntry EntryOf(FileCache cache, string path)
    {
        using var lookup = cache.Find(Encoding.ASCII.GetBytes(path));
        return lookup.Entry.ShouldNotBeNull();
    }

    private static string? ContentOf(FileCache cache, string path)
    {
        using var lookup = cache.Find(Encoding.ASCII.GetBytes(path));
        return lookup.Entry is { } entry ? ServedFolder.ContentOf(entry) : null;
    }
}
