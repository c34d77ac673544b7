using global::Server.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: a file that was opened is closed also if the system fails at what lies coded beside it.</summary>
public sealed class BrokenBesideScenarios
{
    private const int SmallFileBytes = 10;

    private static readonly byte[] Path = "/a.txt"u8.ToArray();
    private static readonly CodingWeights Gzip = new(1, 0, 0, 1000);

    private readonly ServedFolder served;
    private FailingRoot root = null!;

    public BrokenBesideScenarios() =>
        served = new(
            new FileCacheLimits { SmallFileBytes = SmallFileBytes },
            folder => root = new FailingRoot(FileRoot.At(folder))
        );

    [TearDown]
    public void Remove() => served.Dispose();

    [Test]
    public void One_that_is_loaded_is_closed()
    {
        served.Folder.Write("a.txt", new string('x', SmallFileBytes + 1));
        root.IsFailing = true;
        Should.Throw<IOException>(() => served.Cache.Find(Path));
        ThenAllThatWasOpenedIsClosed();
    }

    [Test]
    public void One_whose_coding_is_chosen_is_closed_when_the_cache_lets_it_go()
    {
        served.Folder.Write("a.txt", new string('x', SmallFileBytes + 1));
        served.Folder.Write("a.txt.gz", new string('z', SmallFileBytes + 1));
        root.IsFailingToOpen = true;
        Should.Throw<IOException>(() => served.Cache.Find(Path, Gzip));
        served.Cache.Dispose();
        ThenAllThatWasOpenedIsClosed();
    }

    private void ThenAllThatWasOpenedIsClosed()
    {
        root.Opened.ShouldNotBeEmpty();
        root.Opened.ShouldAllBe(file => file.IsClosed);
    }

    /// <summary>A folder whose disk fails for what is coded.</summary>
    private sealed class FailingRoot(IFileRoot root) : RootAround(root)
    {
        public bool IsFailing { get; set; }

        public bool IsFailingToOpen { get; set; }

        public override Located Locate(ReadOnlySpan<byte> path) =>
            IsFailing && IsCoded(path) ? throw new IOException("The disk is broken.") : base.Locate(path);

        public override OpenedFile Open(ReadOnlySpan<byte> path) =>
            IsFailingToOpen && IsCoded(path) ? throw new IOException("The disk is broken.") : base.Open(path);

        private static bool IsCoded(ReadOnlySpan<byte> path) => !path.EndsWith(".txt"u8);
    }
}
