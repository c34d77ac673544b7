using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using global::Server.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: on Linux the system is asked whether something would have to be waited for, before it is.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed partial class DroppedFileScenarios : IDisposable
{
    private const int LengthBytes = 200_000;
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    private readonly TemporaryFolder folder = new();
    private readonly LinuxFileRoot root;
    private readonly byte[] buffer = new byte[LengthBytes];

    public DroppedFileScenarios()
    {
        root = new(folder.Root);
        new Random(1).NextBytes(buffer);
        File.WriteAllBytes(folder.InRoot("file"), buffer);
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void What_is_in_memory_is_read_at_once()
    {
        using var file = root.Open("file"u8).Handle!;
        var read = new byte[LengthBytes];
        root.TryRead(file, read, 0).ShouldBe(LengthBytes);
        read.ShouldBe(buffer);
        root.TryRead(file, read, LengthBytes).ShouldBe(0);
    }

    [Test]
    public void What_was_dropped_is_told_and_read_once_it_was_fetched()
    {
        using var file = GivenADroppedFile();
        Assume.That(root.TryRead(file, buffer, 0), Is.Null, "a file system that lies in memory drops nothing");
        ((IFileRoot)root).Fetch(file, 0, LengthBytes);
        root.TryRead(file, buffer, 0).ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Test]
    public void The_way_to_what_was_looked_up_before_is_known() => root.WayTo("file"u8).ShouldBeNull();

    [Test]
    public void The_way_to_what_nobody_has_looked_up_is_gone_first()
    {
        var way = root.WayTo("nothing"u8);
        Assume.That(way is not null, "Linux before 5.12 can't tell");
        way!().ShouldBeFalse();
        root.WayTo("nothing"u8).ShouldBeNull();
        root.WayTo("nothing.br"u8).ShouldBeNull();
    }

    [Test]
    public void A_dropped_file_is_found_by_the_cache_once_it_was_fetched()
    {
        File.WriteAllText(folder.InRoot("small"), "hello");
        using (var small = root.Open("small"u8).Handle!)
            Drop(small);
        using var served = new FileCache(root, TimeProvider.System, new() { DiskWait = DiskWait.Refused });
        var waits = 0;
        var found = served.Find("/small"u8);
        for (; found.Work is { } work && waits < 10; waits++, found = served.Find("/small"u8))
            work.Do();
        using (found)
            found.Kind.ShouldBeOneOf(LookupKind.Found, LookupKind.BeingWritten);
        waits.ShouldBeLessThanOrEqualTo(2); // for the way, and for the content
    }

    private SafeFileHandle GivenADroppedFile()
    {
        var file = root.Open("file"u8).Handle!;
        Drop(file);
        return file;
    }

    private static void Drop(SafeFileHandle file)
    {
        Synchronize(file).ShouldBe(0);
        Advise(file, 0, 0, DontNeed).ShouldBe(0);
    }

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, nint position, nint length, int advice);
}
