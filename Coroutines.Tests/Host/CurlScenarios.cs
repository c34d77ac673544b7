namespace Coroutines.Tests.Host;

/// <summary>Feature: curl gets what it asks for.</summary>
public sealed class CurlScenarios : IDisposable
{
    private const string StatusOf = "%{http_code}";

    private readonly SiteFolder folder = new();
    private readonly byte[] small;
    private readonly byte[] large;
    private readonly ServerProcess server;

    public CurlScenarios()
    {
        small = folder.WriteBytes("small.bin", 4_000);
        large = folder.WriteBytes("large.bin", 3_000_000);
        Directory.CreateDirectory(folder.PathOf("sub"));
        folder.WriteText("sub/index.html", "below");
        server = ServerProcess.Serve(folder.Path, "--max-content", "4000000");
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void It_gets_every_byte_of_a_file()
    {
        Curl("/small.bin").Output.ShouldBeBytes(small);
        Curl("/large.bin").Output.ShouldBeBytes(large);
    }

    [Test]
    public void It_gets_every_byte_over_1_0()
    {
        Curl("/large.bin", "--http1.0").Output.ShouldBeBytes(large);
    }

    [Test]
    public void It_gets_the_head_alone()
    {
        var head = Curl("/large.bin", "--head").Text;

        head.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        head.ShouldContain("\r\nContent-Length: 3000000\r\n");
        head.ShouldEndWith("\r\n\r\n");
    }

    [Test]
    public void It_is_told_that_its_copy_is_still_right_by_tag()
    {
        var tag = folder.PathOf("tag");
        Curl("/small.bin", "--etag-save", tag).Output.ShouldBeBytes(small);

        Curl("/small.bin", "--etag-compare", tag, "--write-out", StatusOf).Text.ShouldBe("304");
    }

    [Test]
    public void It_is_told_that_its_copy_is_still_right_by_date()
    {
        File.SetLastWriteTimeUtc(folder.PathOf("small.bin"), new(2020, 2, 2, 2, 2, 2, DateTimeKind.Utc));

        Curl("/small.bin", "-z", "Sun, 02 Feb 2020 02:02:02 GMT", "-w", StatusOf).Text.ShouldBe("304");
        Curl("/small.bin", "-z", "Sun, 02 Feb 2020 02:02:01 GMT").Output.ShouldBeBytes(small);
    }

    [Test]
    public void It_follows_the_way_into_a_folder()
    {
        Curl("/sub", "--write-out", StatusOf, "--output", "/dev/null").Text.ShouldBe("301");
        Curl("/sub", "--location").Text.ShouldBe("below");
    }

    [TestCase("/../../etc/hostname")]
    [TestCase("/%2e%2e/%2e%2e/etc/hostname")]
    [TestCase("/sub/../../etc/hostname")]
    [TestCase("/missing")]
    public void It_finds_nothing_outside_of_the_folder(string path)
    {
        Curl(path, "--path-as-is", "--write-out", StatusOf, "--output", "/dev/null").Text.ShouldBe("404");
    }

    [Test]
    public void It_may_not_post()
    {
        var answer = Curl("/small.bin", "--include", "--data", "a=b").Text;

        answer.ShouldStartWith("HTTP/1.1 405 Method Not Allowed\r\n");
        answer.ShouldContain("\r\nAllow: GET, HEAD, OPTIONS\r\n");
    }

    /// <remarks>curl asks for leave first (Expect: 100-continue) where a content has more than a megabyte.</remarks>
    [Test]
    public void It_is_spared_sending_a_large_content_that_is_not_wanted()
    {
        var posted = Curl(
            "/small.bin",
            "--verbose",
            "--data-binary",
            "@" + folder.PathOf("large.bin"),
            "--output",
            "/dev/null",
            "--write-out",
            "%{http_code} %{size_upload}"
        );

        posted.Errors.ShouldContain("> Expect: 100-continue");
        posted.Text.ShouldBe("405 0");
    }

    [Test]
    public void It_may_send_a_large_content_without_leave()
    {
        var posted = Curl(
            "/small.bin",
            "--header",
            "Expect:",
            "--data-binary",
            "@" + folder.PathOf("large.bin"),
            "--output",
            "/dev/null",
            "--write-out",
            StatusOf
        );

        posted.Text.ShouldBe("405");
    }

    [TestCase("Expect: 100-continue")]
    [TestCase("Expect:")]
    public void It_is_told_that_its_content_is_too_large(string expectation)
    {
        folder.WriteBytes("larger.bin", 5_000_000);

        Curl(
            "/small.bin",
            "--header",
            expectation,
            "--data-binary",
            "@" + folder.PathOf("larger.bin"),
            "--output",
            "/dev/null",
            "--write-out",
            StatusOf
        )
            .Text.ShouldBe("413");
    }

    [Test]
    public void It_uses_one_connection_for_two_files()
    {
        var connections = Curl(
            "/small.bin",
            server.Address + "large.bin",
            "--output",
            "/dev/null",
            "--output",
            "/dev/null",
            "--write-out",
            "%{num_connects} "
        );

        connections.Text.ShouldBe("1 0 ");
    }

    private ToolResult Curl(string path, params string[] options)
    {
        // --disable: whatever the user's own configuration says.
        string[] arguments = ["--disable", "--silent", "--show-error", "--noproxy", "*", .. options];
        var result = Tool.Run("curl", [.. arguments, server.Address.TrimEnd('/') + path]);
        result.ExitCode.ShouldBe(0, result.Errors);
        return result;
    }
}
