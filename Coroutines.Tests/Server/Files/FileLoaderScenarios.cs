using System.Text;
using global::Server.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: what is loaded is one state of a file, also while others write it.</summary>
public sealed class FileLoaderScenarios
{
    private const int SmallFileBytes = 10;

    private readonly TemporaryFolder folder = new();
    private readonly List<FileEntry> entries = [];

    [TearDown]
    public void Remove()
    {
        entries.ForEach(entry => entry.Release());
        folder.Dispose();
    }

    [TestCase(0)]
    [TestCase(SmallFileBytes)]
    public void A_small_file_is_in_memory(int length)
    {
        folder.Write("a", new string('x', length));
        var loaded = WhenLoaded(WithoutWriters());
        loaded.Entry!.Handle.ShouldBeNull();
        loaded.Entry.Content.Length.ShouldBe(length);
        loaded.Entry.LengthBytes.ShouldBe(length);
        loaded.IsStable.ShouldBeTrue();
    }

    [Test]
    public void A_large_file_is_a_handle()
    {
        folder.Write("a", "eleven bytes"[..11]);
        var loaded = WhenLoaded(WithoutWriters());
        loaded.Entry!.Handle.ShouldNotBeNull();
        loaded.Entry.LengthBytes.ShouldBe(11);
        ServedFolder.ContentOf(loaded.Entry).ShouldBe("eleven byte");
        loaded.IsStable.ShouldBeTrue();
    }

    [TestCase("BBBB")]
    [TestCase("B")]
    [TestCase("BBBBBBBB")]
    public void A_file_that_is_written_while_it_is_read_is_read_again(string written)
    {
        folder.Write("a", "AAAA");
        var loaded = WhenLoaded(WithAWriterDuring(reads: 1, _ => written));
        loaded.IsStable.ShouldBeTrue();
        Encoding.ASCII.GetString(loaded.Entry!.Content.Span).ShouldBe(written);
        loaded.Stamp.LengthBytes.ShouldBe(written.Length);
    }

    [Test]
    public void A_file_that_grows_large_meanwhile_is_a_handle()
    {
        folder.Write("a", "AAAA");
        var loaded = WhenLoaded(WithAWriterDuring(reads: 1, _ => "a large content"));
        loaded.Entry!.LengthBytes.ShouldBe(15);
        loaded.Entry.Handle.ShouldNotBeNull();
        loaded.IsStable.ShouldBeTrue();
    }

    [Test]
    public void A_file_that_is_written_all_the_time_is_good_for_one_answer_only()
    {
        folder.Write("a", "A");
        var root = WithAWriterDuring(reads: int.MaxValue, i => new string('B', 1 + i % 5));
        WhenLoaded(root).IsStable.ShouldBeFalse();
        root.Stamps.ShouldBeLessThan(10);
    }

    [Test]
    public void A_file_that_cannot_be_read_is_closed()
    {
        folder.Write("a", "A");
        var root = WithAWriterDuring(reads: 1, _ => throw new IOException("broken disk"));
        Should.Throw<IOException>(() => WhenLoaded(root)).Message.ShouldBe("broken disk");
        root.Opened[^1].IsClosed.ShouldBeTrue();
    }

    // Far behind all the files' times.
    private readonly FixedClock clock = new(new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private LoadedFile WhenLoaded(IFileRoot root)
    {
        var loaded = new FileLoader(root, SmallFileBytes, new([]), clock).Load("a"u8);
        entries.Add(loaded.Entry!);
        return loaded;
    }

    private WrittenRoot WithoutWriters() => WithAWriterDuring(reads: 0, _ => "");

    private WrittenRoot WithAWriterDuring(int reads, Func<int, string> content) =>
        new(FileRoot.At(folder.Root), reads, i => File.WriteAllText(folder.InRoot("a"), content(i)));

    /// <summary>A root whose file is written just before each of the first looks at what was read.</summary>
    private sealed class WrittenRoot(IFileRoot root, int reads, Action<int> write) : RootAround(root)
    {
        public int Stamps { get; private set; }

        public override FileStamp Stamp(SafeFileHandle file)
        {
            if (Stamps > 0 && Stamps <= reads)
                write(Stamps);
            Stamps++;
            // The file system's clock moves in ticks; a writer in the same tick is the cache's concern.
            var stamp = base.Stamp(file);
            return stamp with { ChangedAt = stamp.ChangedAt.AddTicks(Math.Min(Stamps, reads + 1L)) };
        }
    }
}
