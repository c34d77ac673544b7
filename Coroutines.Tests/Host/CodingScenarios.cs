using Coroutines.Tests.Docs;

namespace Coroutines.Tests.Host;

/// <summary>Feature: curl and a browser undo the codings that they are sent, and take the fields for what they say.</summary>
[Parallelizable] // it waits for other processes most of the time
public sealed class CodingScenarios : IDisposable
{
    private readonly SiteFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TestCase("br")]
    [TestCase("gzip")]
    [TestCase("zstd")]
    [TestCase("gzip, deflate, br, zstd")]
    [TestCase("identity")]
    public void Curl_gets_every_byte(string accepted)
    {
        var text = GivenAText();
        Tool.Run("zstd", "-q", folder.PathOf("a.css")).ExitCode.ShouldBe(0);
        using var server = ServerProcess.Serve(folder.Path);
        foreach (var times in (int[])[1, 2])
        {
            var answer = Tool.Run(
                "curl",
                [
                    .. (string[])["--silent", "--compressed", "-H", "Accept-Encoding: " + accepted],
                    .. (string[])["-w", "\n%header{content-encoding} %{size_download}", server.Address + "a.css"],
                ]
            );
            answer.ExitCode.ShouldBe(0, answer.Errors);
            var lines = answer.Text.Split('\n');
            string.Join('\n', lines[..^1]).ShouldBe(text, $"time {times}");
            lines[^1]
                .Split(' ')[0]
                .ShouldBe(
                    accepted switch
                    {
                        "identity" => "",
                        "br" or "gzip" => accepted,
                        _ => "zstd",
                    }
                );
        }
    }

    [TestCase("br")]
    [TestCase("gzip")]
    public void What_the_common_tools_make_is_served_and_they_read_what_is_made_here(string coding)
    {
        var text = GivenAText();
        var program = coding == "br" ? "brotli" : "gzip";
        using var server = ServerProcess.Serve(folder.Path);
        var made = folder.PathOf("made." + (coding == "br" ? "br" : "gz"));
        Curl(server, coding, "--output", made);
        Tool.Run(program, "-d", "-c", made).Text.ShouldBe(text);

        Tool.Run(program, "-k", folder.PathOf("a.css")).ExitCode.ShouldBe(0);
        using var anew = ServerProcess.Serve(folder.Path);
        Curl(anew, coding, "--compressed").Text.ShouldBe(text);
        Curl(anew, coding, "--head").Text.ShouldNotContain("W/");
    }

    [Test]
    public async Task A_browser_shows_the_site_under_the_security_headers()
    {
        await using var chromium = await Chromium.Start();
        using var server = ServerProcess.Serve(Repository.Site, "--security-headers", "--cache", "*.css=max-age=60");
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var complaints = Chromium.Watch(page);
        var codings = new List<string>();
        page.Response += (_, response) => codings.Add(response.Headers.GetValueOrDefault("content-encoding", "none"));

        foreach (var path in Directory.EnumerateFiles(Repository.Site, "*.html"))
        {
            var answer = await page.GotoAsync(server.Address + Path.GetFileName(path));
            answer!.Headers["content-security-policy"].ShouldContain("frame-ancestors");
            (await Chromium.BrokenPictures(page)).ShouldBeEmpty();
            (await page.EvaluateAsync<string>("getComputedStyle(document.body).fontFamily")).ShouldNotBeEmpty();
        }

        complaints.ShouldBeEmpty();
        codings.ShouldContain("br");
    }

    [Test]
    public async Task A_browser_that_comes_back_is_told_that_its_coded_copy_is_right()
    {
        await using var chromium = await Chromium.Start();
        using var server = ServerProcess.Serve(Repository.Site, "--access-log", "-");
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var first = await page.GotoAsync(server.Address + "index.html");
        first!.Headers["content-encoding"].ShouldBe("br");

        await page.ReloadAsync();

        server.Output.WaitFor("/index.html HTTP/1.1\" 304");
    }

    private string GivenAText()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $".a{i} {{ color: red }}\n"));
        folder.WriteText("a.css", text);
        return text;
    }

    private static ToolResult Curl(ServerProcess server, string coding, params string[] arguments) =>
        Tool.Run(
            "curl",
            ["--silent", "--fail", "-H", "Accept-Encoding: " + coding, .. arguments, server.Address + "a.css"]
        );
}
