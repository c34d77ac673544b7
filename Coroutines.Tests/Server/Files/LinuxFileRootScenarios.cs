using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: on Linux, what isn't a regular file is never opened, and no race leads out of the root.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed partial class LinuxFileRootScenarios
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    private readonly ServedFolder served = new(new FileCacheLimits { CapacityBytes = 0 });

    private TemporaryFolder Folder => served.Folder;

    [TearDown]
    public void Remove() => served.Dispose();

    [TestCase("/fifo")]
    [TestCase("/fifo/")]
    [TestCase("/linked")]
    [TestCase("/folder/")]
    public void A_FIFO_is_not_found_and_holds_up_nobody(string path)
    {
        GivenAFifo("fifo");
        Folder.Link("linked", "fifo");
        Directory.CreateDirectory(Folder.InRoot("folder"));
        GivenAFifo("folder/index.html");
        WhenLookedUp(path).ShouldBe(LookupKind.NotFound);
    }

    [Test]
    public void A_FIFO_holds_up_nobody_under_the_portable_guard_either()
    {
        GivenAFifo("fifo");
        var root = new PortableFileRoot(Folder.Root);
        var opened = Task.Run(() => root.Open("fifo"u8));
        opened.Wait(Budget).ShouldBeTrue("opening blocked");
        opened.Result.Handle.ShouldBeNull();
    }

    [Test]
    public void A_socket_is_not_found()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Folder.InRoot("socket")));
        WhenLookedUp("/socket").ShouldBe(LookupKind.NotFound);
    }

    [Test]
    public void A_device_is_not_found() =>
        FileRoot.At("/dev").Locate("null"u8).ShouldBe(new Located(FileKind.Missing, default));

    [Test]
    public void A_link_that_is_swapped_all_the_time_never_leads_out()
    {
        Folder.Write("inside", "inside");
        Folder.Link("link", "inside");
        var secret = Folder.WriteSecret("secret.txt");
        var stop = false;
        var swapping = Task.Run(() => SwapUntil(ref stop, secret));
        var contents = Enumerable.Range(0, 3_000).Select(_ => served.ContentOf("/link")).ToHashSet();
        Volatile.Write(ref stop, true);
        swapping.Wait(Budget).ShouldBeTrue();
        contents.ShouldNotContain(TemporaryFolder.Secret);
        contents.ShouldContain("inside");
    }

    [Test]
    public void A_visit_stays_in_one_folder_though_the_way_there_is_switched()
    {
        Folder.Write("release-1/a.txt", "1");
        Folder.Write("release-2/a.txt", "22");
        Folder.Link("current", "release-1");
        var root = new LinuxFileRoot(Folder.InRoot("current"));
        using (var outer = new Visit(root))
        {
            LengthOf(root).ShouldBe(1);
            Directory.Delete(Folder.InRoot("current"));
            Folder.Link("current", "release-2");
            using (var inner = new Visit(root))
                LengthOf(root).ShouldBe(1);
            LengthOf(root).ShouldBe(1);
        }
        LengthOf(root).ShouldBe(2);
    }

    [Test]
    public void No_lookup_leaves_a_descriptor_open()
    {
        Folder.Write("a.txt", "hello");
        Folder.Link("out", "/etc/hostname");
        Directory.CreateDirectory(Folder.InRoot("folder"));
        GivenAFifo("fifo");
        foreach (var path in new[] { "/a.txt", "/out", "/folder", "/folder/", "/fifo", "/missing", "/a.txt/" })
            served.KindOf(path);
        Descriptors().ShouldBeEmpty();
    }

    [Test]
    public void A_refusal_allocates_nothing()
    {
        var missing = Encoding.ASCII.GetBytes("/missing");
        var above = Encoding.ASCII.GetBytes("/../a");
        AllocatedBy(() => served.Cache.Find(missing)).ShouldBe(0);
        AllocatedBy(() => served.Cache.Find(above)).ShouldBe(0);
    }

    [Test]
    public void An_error_of_the_system_names_the_call() =>
        Should
            .Throw<IOException>(() => new LinuxFileRoot("/").Stamp(new(-2, ownsHandle: false)))
            .Message.ShouldStartWith("statx failed");

    private static long LengthOf(LinuxFileRoot root) => root.Locate("a.txt"u8).Stamp.LengthBytes;

    private static long AllocatedBy(Action action)
    {
        action();
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void GivenAFifo(string path) => MakeFifo(Folder.InRoot(path), 0x1b6).ShouldBe(0);

    // On a thread of its own: a lookup that blocks is to fail the scenario, not to hang it.
    private LookupKind WhenLookedUp(string path)
    {
        var lookup = Task.Run(() => served.KindOf(path));
        lookup.Wait(Budget).ShouldBeTrue("the lookup blocked");
        return lookup.Result;
    }

    private void SwapUntil(ref bool stop, string secret)
    {
        for (var i = 0; !Volatile.Read(ref stop); i++)
        {
            Folder.Link("next", i % 2 == 0 ? "inside" : secret);
            File.Move(Folder.InRoot("next"), Folder.InRoot("link"), overwrite: true);
        }
    }

    // Other fixtures open files meanwhile: only those of this folder count.
    private List<string> Descriptors() =>
        Directory
            .EnumerateFileSystemEntries("/proc/self/fd")
            .Select(link => new FileInfo(link).LinkTarget)
            .OfType<string>()
            .Where(target => target.StartsWith(Folder.Top, StringComparison.Ordinal))
            .ToList();

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}
