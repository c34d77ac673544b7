using global::Server.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: where descriptors are few, a file that is kept open only to save time gives way to what needs one.
/// </summary>
public sealed class FewDescriptorScenarios
{
    private const int SmallFileBytes = 10;
    private const int OutOfDescriptors = 24; // EMFILE
    private const int Plenty = int.MaxValue;

    private readonly TemporaryFolder folder = new();
    private readonly FixedClock clock = new(new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ScarceRoot root;

    public FewDescriptorScenarios() => root = new(FileRoot.At(folder.Root));

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void A_request_that_finds_none_is_answered_once_those_are_let_go()
    {
        GivenLargeFiles("a", "b");
        using var cache = GivenACache(cached: Plenty);
        ContentOf(cache, "/a");
        root.MaxOpen = 1;

        ContentOf(cache, "/b").ShouldBe("b's content");

        root.Opened[0].IsClosed.ShouldBeTrue();
        cache.HandleCount.ShouldBe(1);
    }

    [Test]
    public void One_that_finds_none_though_nothing_is_kept_open_fails()
    {
        GivenLargeFiles("a");
        using var cache = GivenACache(cached: Plenty);
        root.MaxOpen = 0;

        Should.Throw<IOException>(() => ContentOf(cache, "/a")).HResult.ShouldBe(OutOfDescriptors);
    }

    [Test]
    public void What_is_being_sent_stays_open()
    {
        GivenLargeFiles("a", "b");
        using var cache = GivenACache(cached: Plenty);
        using var sent = cache.Find("/a"u8);
        root.MaxOpen = 1;

        Should.Throw<IOException>(() => ContentOf(cache, "/b"));

        root.Opened[0].IsClosed.ShouldBeFalse();
    }

    [Test]
    public void None_is_kept_open_that_clients_may_need()
    {
        GivenLargeFiles("a");
        using var cache = GivenACache(cached: 0);

        ContentOf(cache, "/a").ShouldBe("a's content");

        cache.Count.ShouldBe(0);
        root.Opened.ShouldAllBe(file => file.IsClosed);
    }

    [Test]
    public void None_is_opened_that_the_runtime_may_need()
    {
        GivenLargeFiles("a");
        using var cache = GivenACache(cached: 0, answers: 0);

        Should.Throw<IOException>(() => ContentOf(cache, "/a")).HResult.ShouldBe(OutOfDescriptors);

        root.Opened.ShouldAllBe(file => file.IsClosed);
    }

    [Test]
    public void What_is_read_at_once_is_answered_all_the_same()
    {
        folder.Write("a", "small");
        using var cache = GivenACache(cached: 0, answers: 0);

        ContentOf(cache, "/a").ShouldBe("small");
        cache.Count.ShouldBe(1);
    }

    private void GivenLargeFiles(params string[] names)
    {
        foreach (var name in names)
            folder.Write(name, $"{name}'s content");
    }

    private FileCache GivenACache(int cached, int answers = Plenty) =>
        new(root, clock, new() { SmallFileBytes = SmallFileBytes, Descriptors = new(cached, Plenty, answers) });

    private static string ContentOf(FileCache cache, string path)
    {
        using var lookup = cache.Find(System.Text.Encoding.UTF8.GetBytes(path));
        return ServedFolder.ContentOf(lookup.Entry!);
    }

    /// <summary>A folder in a process that may open few files at a time.</summary>
    private sealed class ScarceRoot(IFileRoot root) : RootAround(root)
    {
        public int MaxOpen { get; set; } = Plenty;

        public override OpenedFile Open(ReadOnlySpan<byte> path) =>
            Opened.Count(file => !file.IsClosed) >= MaxOpen
                ? throw new IOException("Too many open files.", OutOfDescriptors)
                : base.Open(path);
    }
}
