using System.Globalization;
using System.Net;
using Coroutines.Tests.Docs;

namespace Coroutines.Tests.Host;

/// <summary>Feature: curl and a browser undo the codings that they are sent, and take the fields for what they say.</summary>
[Parallelizable] // it waits for other processes most of the time
public sealed class CodingScenarios : IDisposable
{
    private const int Versions = 100;

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
    public void A_file_that_is_replaced_again_and_again_comes_as_one_version_in_each_coding()
    {
        WriteVersion(0);
        using var server = ServerProcess.Serve(folder.Path);
        string[] codings = ["br", "gzip", "identity", "gzip, br"];
        var clients = codings.Select(coding => new Thread(() => AskUntilTheLastVersion(server, coding))).ToList();
        clients.ForEach(client => client.Start());
        for (var version = 1; version <= Versions; version++)
            WriteVersion(version);
        clients.ForEach(client => client.Join(ServerProcess.Patience).ShouldBeTrue());
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

    // As those do that keep the time: the file isn't taken for one that is being written.
    private void WriteVersion(int version)
    {
        var next = folder.PathOf("next");
        File.WriteAllText(next, string.Concat(Enumerable.Repeat($"version {version}\n", 20_000)));
        File.SetLastWriteTimeUtc(next, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddMilliseconds(version));
        File.Move(next, folder.PathOf("a.css"), overwrite: true);
    }

    private static void AskUntilTheLastVersion(ServerProcess server, string coding)
    {
        var answers = 0;
        for (var version = 0; version < Versions || answers < 5; answers++)
            version = VersionOf(AskFor("/a.css", server, coding));
    }

    private static string AskFor(string path, ServerProcess server, string coding)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address + path[1..]);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
        using var answer = client.Send(request);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return reader.ReadToEnd();
    }

    /// <summary>The number of a whole version.</summary>
    private static int VersionOf(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(20_000);
        lines.ShouldAllBe(line => line == lines[0]);
        return int.Parse(lines[0].AsSpan("version ".Length), CultureInfo.InvariantCulture);
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
