using System.IO.Compression;
using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: a file is found in the coding that the client takes: as it lies beside the file, or compressed on the
/// fly.</summary>
public sealed class CodingScenarios
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);
    private static readonly DateTime Written = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private static readonly CodingWeights Brotli = new(1, 1000, 0, 0);
    private static readonly CodingWeights Gzip = new(1, 0, 0, 1000);
    private static readonly CodingWeights All = new(1, 1000, 1000, 1000);
    private static readonly CodingWeights Nothing = new(0, 0, 0, 0);
    private static readonly string Long = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"line {i % 7}\n"));

    private const int Noise = 5_000; // characters that hardly get shorter

    private readonly ServedFolder served = new();

    private TemporaryFolder Folder => served.Folder;

    private FileCache Cache => served.Cache;

    [TearDown]
    public void Remove() => served.Dispose();

    [TestCase(".br", "Brotli")]
    [TestCase(".zst", "Zstandard")]
    [TestCase(".gz", "Gzip")]
    public void A_file_beside_it_is_taken_for_it(string extension, string coding)
    {
        GivenAFile("a.css", "plain");
        GivenAFile("a.css" + extension, "coded");
        using var found = Find("/a.css", All);
        found.Entry!.Coding.ToString().ShouldBe(coding);
        TextOf(found.Entry).ShouldBe("coded");
        TextOf(found.Entry.ContentType).ShouldBe("text/css; charset=utf-8");
        TextOf(found.Entry.ETag).ShouldBe($"\"{Written.Ticks:x}-5{extension}\"");
        found.Entry.Varies.ShouldBeTrue();
    }

    [Test]
    public void It_stays_what_it_is_under_its_own_name()
    {
        GivenAFile("a.css", "plain");
        GivenAFile("a.css.gz", "coded");
        GivenAFile("a.css.gz.br", "coded twice");
        using var found = Find("/a.css.gz", All);
        found.Entry!.Coding.ShouldBe(ContentCoding.Identity);
        TextOf(found.Entry).ShouldBe("coded");
        TextOf(found.Entry.ContentType).ShouldBe("application/gzip");
        found.Entry.Varies.ShouldBeFalse();
    }

    [Test]
    public void Who_does_not_take_it_gets_the_file()
    {
        GivenAFile("a.png", "plain");
        GivenAFile("a.png.br", "coded");
        using var found = Find("/a.png", Gzip);
        TextOf(found.Entry!).ShouldBe("plain");
        found.Entry!.Varies.ShouldBeTrue();
    }

    [TestCase(0, true)]
    [TestCase(1, true)]
    [TestCase(-1, false)]
    [TestCase(-678, true)] // cut to the second
    [TestCase(-679, false)]
    public void It_must_not_be_older_than_the_file(int milliseconds, bool counts)
    {
        GivenAFile("a", "plain");
        GivenAFile("a.br", "coded", Written.AddMilliseconds(milliseconds));
        ContentOf("/a", Brotli).ShouldBe(counts ? "coded" : "plain");
    }

    [Test]
    public void An_empty_one_is_in_no_coding()
    {
        GivenAFile("a", "plain");
        GivenAFile("a.br", "");
        ContentOf("/a", Brotli).ShouldBe("plain");
    }

    [Test]
    public void A_folder_is_none_either()
    {
        GivenAFile("a", "plain");
        Directory.CreateDirectory(Folder.InRoot("a.br"));
        ContentOf("/a", Brotli).ShouldBe("plain");
    }

    [Test]
    public void It_counts_where_the_file_is_missing()
    {
        GivenAFile("a.css.br", "coded");
        ContentOf("/a.css", Brotli).ShouldBe("coded");
        ContentOf("/a.css", CodingWeights.Unstated).ShouldBe("coded");
        KindOf("/a.css", Gzip).ShouldBe(LookupKind.NotAcceptable);
        File.Delete(Folder.InRoot("a.css.br"));
        served.Clock.Advance(Recheck);
        KindOf("/a.css", Brotli).ShouldBe(LookupKind.NotFound);
        KindOf("/a.css", Gzip).ShouldBe(LookupKind.NotFound);
    }

    [Test]
    public void One_that_goes_before_it_was_read_is_missing()
    {
        GivenAFile("a.css.br", "coded");
        KindOf("/a.css", Gzip).ShouldBe(LookupKind.NotAcceptable);
        File.Delete(Folder.InRoot("a.css.br"));
        KindOf("/a.css", Brotli).ShouldBe(LookupKind.NotFound);
    }

    [Test]
    public void The_page_of_a_folder_has_codings_too()
    {
        GivenAFile("docs/index.html", "plain");
        GivenAFile("docs/index.html.gz", "coded");
        ContentOf("/docs/", Gzip).ShouldBe("coded");
        KindOf("/docs", Gzip).ShouldBe(LookupKind.RedirectToSlash);
    }

    [Test]
    [Platform("Linux")]
    public void It_never_leads_out_of_the_root()
    {
        GivenAFile("a", "plain");
        Folder.Link("a.br", Folder.WriteSecret("secret.txt"));
        Folder.Link("b.br", "../secret.txt");
        ContentOf("/a", Brotli).ShouldBe("plain");
        KindOf("/b", Brotli).ShouldBe(LookupKind.NotFound);
    }

    [Test]
    [Platform("Linux")]
    public void A_hidden_file_has_none()
    {
        GivenAFile(".a.br", "coded");
        KindOf("/.a", Brotli).ShouldBe(LookupKind.NotFound);
    }

    [Test]
    public void A_change_of_it_is_seen_in_time()
    {
        GivenAFile("a", "plain");
        ContentOf("/a", Brotli).ShouldBe("plain");
        GivenAFile("a.br", "coded");
        ContentOf("/a", Brotli).ShouldBe("plain");
        served.Clock.Advance(Recheck);
        ContentOf("/a", Brotli).ShouldBe("coded");
        GivenAFile("a.br", "coded anew");
        served.Clock.Advance(Recheck);
        ContentOf("/a", Brotli).ShouldBe("coded anew");
        GivenAFile("a", "changed", Written.AddSeconds(1));
        served.Clock.Advance(Recheck);
        ContentOf("/a", Brotli).ShouldBe("changed");
    }

    [Test]
    public void What_would_be_longer_than_a_packet_is_compressed()
    {
        GivenAFile("a.css", Long);
        Decoded(WhenItIsCompressed("/a.css", Brotli)).ShouldBe(Long);
        Decoded(WhenItIsCompressed("/a.css", Gzip)).ShouldBe(Long);
        Cache.Count.ShouldBe(3);
    }

    [TestCase("a.css", 999)]
    [TestCase("a.css", 10_000_001)]
    [TestCase("a.png", 5_000)]
    public void All_else_is_not(string name, int lengthBytes)
    {
        GivenAFile(name, new string('x', lengthBytes));
        using var found = Find("/" + name, All);
        (found.Compression, found.Entry!.Coding).ShouldBe((null, ContentCoding.Identity));
    }

    [TestCase(1_000)]
    [TestCase(100_000)]
    [TestCase(10_000_000)]
    public void Within_the_bounds_it_is(int lengthBytes)
    {
        GivenAFile("a.css", new string('x', lengthBytes));
        WhenItIsCompressed("/a.css", Gzip).LengthBytes.ShouldBeInRange(1, lengthBytes / 10);
    }

    [Test]
    public void Its_tag_is_weak_and_known_beforehand()
    {
        GivenAFile("a.css", Long);
        using var found = Find("/a.css", Brotli);
        found.Compression.ShouldNotBeNull();
        TextOf(found.Entry!.ETag).ShouldBe($"W/\"{Written.Ticks:x}-{Long.Length:x}-br\"");
        TextOf(WhenItIsCompressed("/a.css", Gzip).ETag).ShouldBe($"W/\"{Written.Ticks:x}-{Long.Length:x}-gzip\"");
    }

    [Test]
    public void It_is_compressed_once_however_many_ask()
    {
        GivenAFile("a.css", Long);
        using var first = Find("/a.css", Gzip);
        var work = first.Compression!.Begin();
        foreach (var spelling in (string[])["/a.css", "/%61.css", "/./a.css"])
        {
            using var other = Find(spelling, Gzip);
            other.Compression.ShouldBeSameAs(first.Compression);
            other.Compression!.Begin().ShouldBeSameAs(work);
        }
        Cache.CompressionCount.ShouldBe(1);
        work.Do();
        using var found = Find("/%61%2ecss", Gzip);
        Decoded(found.Entry!).ShouldBe(Long);
        found.Compression.ShouldBeNull();
        Cache.CompressionCount.ShouldBe(0);
    }

    [Test]
    public void What_nobody_waits_for_is_not_kept()
    {
        GivenAFile("a.css", Long);
        var first = Find("/a.css", Gzip);
        var source = first.Entry!.Source!;
        first.Dispose();
        Cache.CompressionCount.ShouldBe(0);
        Cache.Dispose();
        Should.Throw<InvalidOperationException>(source.Acquire);
    }

    [Test]
    public void A_changed_file_is_compressed_anew()
    {
        GivenAFile("a.css", Long);
        WhenItIsCompressed("/a.css", Gzip);
        var changed = Long.Replace('l', 'L');
        GivenAFile("a.css", changed, Written.AddSeconds(1));
        var before = WhenItIsCompressed("/a.css", Gzip);
        Decoded(before).ShouldBe(Long);
        served.Clock.Advance(Recheck);
        var after = WhenItIsCompressed("/a.css", Gzip);
        Decoded(after).ShouldBe(changed);
        TextOf(after.ETag).ShouldNotBe(TextOf(before.ETag));
        Cache.Count.ShouldBe(2);
    }

    [Test]
    public void One_that_changes_meanwhile_is_compressed_as_it_was_and_then_anew()
    {
        GivenAFile("a.css", Long);
        using var before = Find("/a.css", Gzip);
        var work = before.Compression!.Begin();
        var changed = Long.Replace('l', 'L');
        GivenAFile("a.css", changed, Written.AddSeconds(1));
        served.Clock.Advance(Recheck);
        using var after = Find("/a.css", Gzip);
        after.Compression.ShouldNotBeSameAs(before.Compression);
        after.Compression!.Begin().Do();
        work.Do();
        Decoded(WhenItIsCompressed("/a.css", Gzip)).ShouldBe(changed);
        Cache.CompressionCount.ShouldBe(0);
    }

    [Test]
    public void One_that_is_rewritten_while_it_is_read_is_compressed_anew()
    {
        GivenAFile("a.css", new string('x', 100_000));
        using var found = Find("/a.css", Gzip);
        var work = found.Compression!.Begin();
        using (var file = new FileStream(Folder.InRoot("a.css"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.Write("y"u8);
        work.Do();
        Decoded(WhenItIsCompressed("/a.css", Gzip)).ShouldStartWith("yx");
    }

    [Test]
    public void Compressed_files_stay_within_the_bound_of_all_files()
    {
        var limits = new FileCacheLimits { CapacityBytes = 50_000 };
        using var cache = new FileCache(FileRoot.At(Folder.Root), served.Clock, limits);
        for (var i = 0; i < 20; i++)
        {
            GivenAFile($"{i}.css", Long);
            WhenItIsCompressed(cache, $"/{i}.css", Gzip);
            cache.CostBytes.ShouldBeInRange(1, 50_000);
        }
    }

    [Test]
    public void What_is_compressed_and_being_sent_takes_as_much_room_again_at_the_most()
    {
        const int Capacity = 100_000;
        using var cache = new FileCache(FileRoot.At(Folder.Root), served.Clock, new() { CapacityBytes = Capacity });
        var held = Enumerable.Range(0, 100).Select(number => HoldCompressed(cache, number)).ToList();
        var coded = held.Where(answer => answer.Entry!.Coding == ContentCoding.Gzip).ToList();
        coded.Sum(answer => answer.Entry!.LengthBytes).ShouldBeInRange(Capacity, 2 * Capacity);
        held.Except(coded).ShouldAllBe(answer => answer.Entry!.Varies && TextOf(answer.Entry).Length == Noise);

        held.ForEach(answer => answer.Dispose());
        using var next = HoldCompressed(cache, held.Count);
        next.Entry!.Coding.ShouldBe(ContentCoding.Gzip);
    }

    [Test]
    public void What_nobody_has_come_back_for_takes_no_room()
    {
        using var cache = new FileCache(FileRoot.At(Folder.Root), served.Clock, new() { CapacityBytes = 100_000 });
        List<SlowWork> begun = [.. new[] { "a", "b" }.Select(name => Begin(cache, name))];
        begun.ForEach(work => work.Do());
        Begin(cache, "c").Do();
    }

    [Test]
    public void What_could_not_be_compressed_takes_no_room()
    {
        using var cache = new FileCache(FileRoot.At(Folder.Root), served.Clock, new() { CapacityBytes = 100_000 });
        for (var number = 0; number < 10; number++)
        {
            GivenAFile($"{number}.css", new string('x', 90_000));
            using var found = cache.Find(Encoding.UTF8.GetBytes($"/{number}.css"), Gzip);
            var work = found.Compression.ShouldNotBeNull().Begin();
            File.WriteAllText(Folder.InRoot($"{number}.css"), "shorter");
            work.Do();
            cache.Find(Encoding.UTF8.GetBytes($"/{number}.css"), Gzip).Dispose();
        }
    }

    [Test]
    public void A_file_larger_than_the_cache_is_not_compressed()
    {
        var limits = new FileCacheLimits { CapacityBytes = Long.Length - 1 };
        using var cache = new FileCache(FileRoot.At(Folder.Root), served.Clock, limits);
        GivenAFile("a.css", Long);
        using var found = cache.Find("/a.css"u8, Gzip);
        found.Compression.ShouldBeNull();
    }

    [Test]
    public void Where_nothing_is_compressed_files_of_that_kind_do_not_vary()
    {
        using var cache = new FileCache(
            FileRoot.At(Folder.Root),
            served.Clock,
            new FileCacheLimits { MaxCompressedBytes = 0 }
        );
        GivenAFile("a.css", Long);
        using var found = cache.Find("/a.css"u8, Gzip);
        (found.Compression, found.Entry!.Varies).ShouldBe((null, false));
    }

    [Test]
    public void Nobody_asks_for_a_coding_by_the_key_that_it_has_in_the_cache()
    {
        GivenAFile("a.css", Long);
        GivenAFile("a.css.zst", "coded");
        WhenItIsCompressed("/a.css", Brotli);
        ContentOf("/a.css", new(1, 0, 1000, 0)).ShouldBe("coded");
        for (var first = 0; first < 0x80; first++)
            if (first != '/')
                KindOf($"{(char)first}a.css", All).ShouldBe(LookupKind.BadRequest);
    }

    [Test]
    public void Who_takes_nothing_is_told()
    {
        GivenAFile("a.css", "plain");
        KindOf("/a.css", Nothing).ShouldBe(LookupKind.NotAcceptable);
        KindOf("/missing", Nothing).ShouldBe(LookupKind.NotFound);
    }

    [TestCase("a.css.br")]
    [TestCase("a.css")]
    public void A_cached_coding_allocates_nothing(string name)
    {
        GivenAFile("a.css", Long);
        GivenAFile(name, name == "a.css" ? Long : "coded");
        WhenItIsCompressed("/a.css", Brotli);
        Find("/a.css", Brotli).Dispose();
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Cache.Find("/a.css"u8, Brotli).Dispose();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void A_page_for_what_is_missing_is_looked_for_once_a_second()
    {
        Cache.FindErrorPage(All).Kind.ShouldBe(LookupKind.NotFound);
        GivenAFile("404.html", "gone");
        Cache.FindErrorPage(All).Kind.ShouldBe(LookupKind.NotFound);
        served.Clock.Advance(Recheck);
        using var page = Cache.FindErrorPage(All);
        TextOf(page.Entry!).ShouldBe("gone");
    }

    private void GivenAFile(string path, string content, DateTime? writtenAt = null) =>
        File.SetLastWriteTimeUtc(Folder.Write(path, content), writtenAt ?? Written);

    private Lookup Find(string path, CodingWeights weights) => Cache.Find(Encoding.UTF8.GetBytes(path), weights);

    private LookupKind KindOf(string path, CodingWeights weights)
    {
        using var lookup = Find(path, weights);
        return lookup.Kind;
    }

    private string ContentOf(string path, CodingWeights weights)
    {
        using var lookup = Find(path, weights);
        return TextOf(lookup.Entry.ShouldNotBeNull());
    }

    private FileEntry WhenItIsCompressed(string path, CodingWeights weights) =>
        WhenItIsCompressed(Cache, path, weights);

    private static FileEntry WhenItIsCompressed(FileCache cache, string path, CodingWeights weights)
    {
        using (var lookup = cache.Find(Encoding.UTF8.GetBytes(path), weights))
            lookup.Compression?.Begin().Do();
        using var found = cache.Find(Encoding.UTF8.GetBytes(path), weights);
        found.Compression.ShouldBeNull();
        return found.Entry.ShouldNotBeNull();
    }

    private SlowWork Begin(FileCache cache, string name)
    {
        GivenAFile($"{name}.css", new string('x', 90_000));
        using var found = cache.Find(Encoding.UTF8.GetBytes($"/{name}.css"), Gzip);
        return found.Compression.ShouldNotBeNull(name).Begin();
    }

    private Lookup HoldCompressed(FileCache cache, int number)
    {
        var path = $"{number}.txt";
        var noise = new Random(number);
        GivenAFile(path, string.Concat(Enumerable.Range(0, Noise).Select(_ => (char)noise.Next('!', '~'))));
        using (var lookup = cache.Find(Encoding.UTF8.GetBytes("/" + path), Gzip))
            lookup.Compression?.Begin().Do();
        return cache.Find(Encoding.UTF8.GetBytes("/" + path), Gzip);
    }

    private static string Decoded(FileEntry entry)
    {
        using var coded = new MemoryStream(entry.Content.ToArray());
        using Stream decoder =
            entry.Coding == ContentCoding.Brotli
                ? new BrotliStream(coded, CompressionMode.Decompress)
                : new GZipStream(coded, CompressionMode.Decompress);
        using var reader = new StreamReader(decoder);
        return reader.ReadToEnd();
    }

    private static string TextOf(FileEntry entry) => ServedFolder.ContentOf(entry);

    private static string TextOf(ReadOnlyMemory<byte> text) => Encoding.UTF8.GetString(text.Span);
}
