using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: what stands inside the root is served and nothing else, whichever way the root is guarded.</summary>
[TestFixture(typeof(IFileRoot))]
[TestFixture(typeof(PortableFileRoot))]
public sealed class FileRootScenarios(Type guard)
{
    private readonly ServedFolder served = new(root: folder =>
        guard == typeof(PortableFileRoot) ? new PortableFileRoot(folder) : FileRoot.At(folder)
    );

    private TemporaryFolder Folder => served.Folder;

    [TearDown]
    public void Remove() => served.Dispose();

    [Test]
    public void A_file_is_found()
    {
        Folder.Write("a/b.txt", "hello");
        served.ContentOf("/a/b.txt").ShouldBe("hello");
    }

    [Test]
    public void An_empty_file_is_found()
    {
        Folder.Write("empty", "");
        served.ContentOf("/empty").ShouldBe("");
    }

    [Test]
    public void A_name_outside_ASCII_is_found()
    {
        Folder.Write("grüße 🦊.txt", "hello");
        served.ContentOf("/gr%C3%BC%C3%9Fe%20%F0%9F%A6%8A.txt").ShouldBe("hello");
    }

    [Test]
    public void A_doubly_encoded_name_is_that_literal_name()
    {
        Folder.Write("%2e%2e", "literal");
        served.ContentOf("/%252e%252e").ShouldBe("literal");
    }

    [Test]
    public void A_folder_is_answered_by_its_index()
    {
        Folder.Write("index.html", "top");
        Folder.Write("a/index.html", "below");
        served.ContentOf("/").ShouldBe("top");
        served.ContentOf("/a/").ShouldBe("below");
        served.ContentOf("/a/..").ShouldBe("top");
    }

    [Test]
    public void A_folder_without_its_slash_is_redirected()
    {
        Folder.Write("a/index.html", "below");
        served.KindOf("/a").ShouldBe(LookupKind.RedirectToSlash);
    }

    [Test]
    public void A_folder_without_an_index_is_not_found()
    {
        Folder.Write("a/b.txt", "");
        served.KindOf("/a/").ShouldBe(LookupKind.NotFound);
    }

    [Test]
    public void A_folder_named_like_an_index_is_not_found_and_not_redirected()
    {
        Folder.Write("a/index.html/b.txt", "");
        served.KindOf("/a/").ShouldBe(LookupKind.NotFound);
    }

    [TestCase("/missing")]
    [TestCase("/missing/")]
    [TestCase("/file.txt/")]
    [TestCase("/file.txt/.")]
    [TestCase("/file.txt/more")]
    [TestCase("/.git/config")]
    [TestCase("/.git")]
    [TestCase("/../root-secret/secret.txt")]
    [TestCase("/../secret.txt")]
    [TestCase("/%2e%2e/secret.txt")]
    [TestCase("/..%2fsecret.txt")]
    [TestCase("/..%5csecret.txt")]
    [TestCase("/../../etc/hostname")]
    [TestCase("/%2e%2e/%2e%2e/etc/hostname")]
    [TestCase("/..\\..\\")]
    public void These_are_not_found(string path)
    {
        Folder.Write("file.txt", "");
        Folder.Write(".git/config", TemporaryFolder.Secret);
        Folder.WriteSecret("secret.txt");
        Folder.WriteSecret("root-secret/secret.txt");
        served.KindOf(path).ShouldBe(LookupKind.NotFound);
    }

    [TestCase("/file.txt%00")]
    [TestCase("/file.txt%00.html")]
    [TestCase("/file.txt%0d%0a")]
    [TestCase("/%zz")]
    public void These_are_bad_requests(string path)
    {
        Folder.Write("file.txt", "");
        served.KindOf(path).ShouldBe(LookupKind.BadRequest);
    }

    [Test]
    public void The_well_known_folder_is_served()
    {
        Folder.Write(".well-known/security.txt", "hello");
        served.ContentOf("/.well-known/security.txt").ShouldBe("hello");
        served.KindOf("/.well-known").ShouldBe(LookupKind.RedirectToSlash);
    }

    [TestCase(255)]
    [TestCase(256)]
    [TestCase(5_000)]
    [TestCase(8_191)]
    [TestCase(50_000)]
    public void A_name_that_is_too_long_is_not_found(int length) =>
        served.KindOf("/" + new string('a', length)).ShouldBe(LookupKind.NotFound);

    [Test]
    public void A_path_that_is_too_deep_is_not_found() =>
        served.KindOf(string.Concat(Enumerable.Repeat("/a", 2_500))).ShouldBe(LookupKind.NotFound);

    [Test]
    [Platform("Linux")]
    public void A_link_inside_the_root_is_followed()
    {
        Folder.Write("a/b.txt", "hello");
        Folder.Link("relative", "a/b.txt");
        Folder.Link("absolute", Folder.InRoot("a/b.txt"));
        Folder.Link("folder", "a");
        served.ContentOf("/relative").ShouldBe("hello");
        served.ContentOf("/absolute").ShouldBe("hello");
        served.ContentOf("/folder/b.txt").ShouldBe("hello");
        served.KindOf("/folder").ShouldBe(LookupKind.RedirectToSlash);
    }

    [Test]
    [Platform("Linux")]
    public void A_volume_as_Kubernetes_mounts_it_is_served()
    {
        Folder.Write("..2026_01_01/index.html", "mounted");
        Folder.Link("..data", "..2026_01_01");
        Folder.Link("index.html", "..data/index.html");
        served.ContentOf("/").ShouldBe("mounted");
    }

    [TestCase("/absolute")]
    [TestCase("/relative")]
    [TestCase("/folder/secret.txt")]
    [TestCase("/folder")]
    [TestCase("/sibling")]
    [TestCase("/chained")]
    [TestCase("/a/index.html")]
    [TestCase("/a/")]
    [TestCase("/device")]
    [TestCase("/process/environ")]
    [TestCase("/process/root/etc/hostname")]
    [Platform("Linux")]
    public void A_link_out_of_the_root_is_not_found(string path)
    {
        var secret = Folder.WriteSecret("secret.txt");
        var sibling = Folder.WriteSecret("root-secret/secret.txt");
        Directory.CreateDirectory(Folder.InRoot("a"));
        Folder.Link("absolute", secret);
        Folder.Link("relative", "../secret.txt");
        Folder.Link("folder", "..");
        Folder.Link("sibling", sibling);
        Folder.Link("chained", "relative");
        Folder.Link("a/index.html", secret);
        Folder.Link("device", "/dev/zero");
        Folder.Link("process", "/proc/self");
        served.KindOf(path).ShouldBe(LookupKind.NotFound);
    }

    [Test]
    [Platform("Linux")]
    public void A_link_out_of_the_root_is_followed_if_that_was_asked_for()
    {
        using var open = new ServedFolder(root: folder =>
            guard == typeof(PortableFileRoot)
                ? new PortableFileRoot(folder, FollowedLinks.All)
                : FileRoot.At(folder, FollowedLinks.All)
        );
        open.Folder.Link("absolute", open.Folder.WriteSecret("secret.txt"));
        open.Folder.Link("folder", "..");
        open.Folder.Link("device", "/dev/zero");
        open.Folder.Link("self", "self");
        open.ContentOf("/absolute").ShouldBe(TemporaryFolder.Secret);
        open.ContentOf("/folder/secret.txt").ShouldBe(TemporaryFolder.Secret);
        open.KindOf("/../secret.txt").ShouldBe(LookupKind.NotFound);
        open.KindOf("/self").ShouldBe(LookupKind.NotFound);
        if (guard != typeof(PortableFileRoot)) // to which a device is an empty file
            open.KindOf("/device").ShouldBe(LookupKind.NotFound);
    }

    [Test]
    [Platform("Linux")]
    public void A_loop_of_links_and_a_dangling_link_are_not_found()
    {
        Folder.Link("self", "self");
        Folder.Link("one", "other");
        Folder.Link("other", "one");
        Folder.Link("dangling", "missing");
        foreach (var path in new[] { "/self", "/one", "/self/a", "/dangling", "/one/" })
            served.KindOf(path).ShouldBe(LookupKind.NotFound);
    }

    [Test]
    [Platform("Linux")]
    public void A_root_reached_through_a_link_is_served_and_its_switch_is_seen()
    {
        Directory.Delete(Folder.Root);
        var first = Directory.CreateDirectory(Path.Combine(Folder.Top, "release-1")).FullName;
        File.WriteAllText(Path.Combine(first, "a.txt"), "first");
        var second = Directory.CreateDirectory(Path.Combine(Folder.Top, "release-2")).FullName;
        File.WriteAllText(Path.Combine(second, "a.txt"), "second");

        Directory.CreateSymbolicLink(Folder.Root, "release-1");
        served.ContentOf("/a.txt").ShouldBe("first");
        Directory.Delete(Folder.Root);
        Directory.CreateSymbolicLink(Folder.Root, "release-2");
        served.Clock.Advance(TimeSpan.FromSeconds(1));
        served.ContentOf("/a.txt").ShouldBe("second");
    }

    [Test]
    [Platform("Linux")]
    public void A_file_that_may_not_be_read_is_not_found()
    {
        Assume.That(Environment.IsPrivilegedProcess, Is.False, "root may read everything");
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(Folder.Write("a.txt", "hello"), UnixFileMode.None);
        served.KindOf("/a.txt").ShouldBe(LookupKind.NotFound);
    }

    [Test]
    public void A_root_that_vanishes_is_not_found()
    {
        Directory.Delete(Folder.Root);
        served.KindOf("/").ShouldBe(LookupKind.NotFound);
        Directory.CreateDirectory(Folder.Root);
    }

    [Test]
    public void A_root_that_is_no_folder_is_refused_at_once()
    {
        var file = Folder.Write("a.txt", "");
        Should.Throw<DirectoryNotFoundException>(() => FileRoot.At(file)).Message.ShouldContain(file);
    }

    [Test]
    public void A_relative_root_is_served()
    {
        Folder.Write("a.txt", "hello");
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, Folder.Root);
        FileRoot.At(relative).Locate("a.txt"u8).Kind.ShouldBe(FileKind.File);
        FileRoot.At(relative + "/").Locate("a.txt"u8).Kind.ShouldBe(FileKind.File);
    }

    [Test]
    [Platform("Linux")]
    public void The_whole_file_system_can_be_the_root() =>
        FileRoot.At("/").Locate("etc/hostname"u8).Kind.ShouldBe(FileKind.File);

    [Test]
    public void Whether_somebody_writes_a_file_is_known_where_the_system_tells()
    {
        Folder.Write("a", "hello");
        var root = guard == typeof(PortableFileRoot) ? new PortableFileRoot(Folder.Root) : FileRoot.At(Folder.Root);
        using var file = root.Open("a"u8).Handle!;

        using (new FileStream(Folder.InRoot("a"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            root.HasWriter(file).ShouldBeOneOf(true, null);
        root.HasWriter(file).ShouldBe(root is PortableFileRoot ? null : false);
    }
}
