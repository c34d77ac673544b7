using System.IO.Compression;
using System.Text;
using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: codings and fields are the same matter in each model, children included.</summary>
[Platform("Linux")]
[TestFixtureSource(typeof(Model), nameof(Model.Names))]
[Parallelizable] // it waits for other processes most of the time
public sealed class ContentModelScenarios(string model) : IDisposable
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("a { color: red }\n", 1_000));

    private readonly SiteFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Files_are_coded_and_answers_say_what_was_asked_for()
    {
        GivenFiles();
        using var server = ServerProcess.Serve(
            folder.Path,
            [
                .. (string[])["--model", model, "--header", "X-One: 1", "--header", "X-Two: 2"],
                .. (string[])["--security-headers", "--cache", "*.css=max-age=60", "--cache", "/b*=no-store"],
            ]
        );
        using var client = server.Connect();

        var compressed = Ask(client, "/a.css");
        Decoded(compressed).ShouldBe(Long);
        compressed.Head.ShouldContain("\r\nContent-Encoding: gzip\r\n");
        compressed.Head.ShouldContain("\r\nCache-Control: max-age=60\r\n");
        compressed.Head.ShouldContain("\r\nX-One: 1\r\nX-Two: 2\r\n");
        compressed.Head.ShouldContain("\r\nX-Content-Type-Options: nosniff\r\n");

        var beside = Ask(client, "/b.css");
        Encoding.ASCII.GetString(beside.Content).ShouldBe("coded");
        beside.Head.ShouldContain("\r\nCache-Control: no-store\r\n");

        var missing = Ask(client, "/none");
        missing.Status.ShouldBe(404);
        missing.Head.ShouldContain("\r\nX-One: 1\r\n");
        Encoding.ASCII.GetString(missing.Content).ShouldBe("gone");
    }

    [Test]
    public void Without_compression_only_what_lies_there_is_coded()
    {
        GivenFiles();
        using var server = ServerProcess.Serve(folder.Path, "--model", model, "--no-compression");
        using var client = server.Connect();

        Encoding.ASCII.GetString(Ask(client, "/a.css").Content).ShouldBe(Long);
        Encoding.ASCII.GetString(Ask(client, "/b.css").Content).ShouldBe("coded");
    }

    [Test]
    public void A_large_file_is_compressed_where_that_holds_up_nobody()
    {
        folder.WriteText("large.css", string.Concat(Enumerable.Repeat(Long, 10)));
        string[] few = model == Model.Threads ? ["--max-threads", "4"] : [];
        using var server = ServerProcess.Serve(folder.Path, ["--model", model, .. few]);
        using var client = server.Connect();

        var answer = Ask(client, "/large.css");

        answer.Head.Contains("\r\nContent-Encoding: gzip\r\n").ShouldBe(model != Model.Events);
        answer.Head.ShouldContain("\r\nVary: Accept-Encoding\r\n");
    }

    private void GivenFiles()
    {
        folder.WriteText("a.css", Long);
        folder.WriteText("b.css", Long);
        folder.WriteText("b.css.gz", "coded");
        folder.WriteText("404.html", "gone");
    }

    private static Answer Ask(WireClient client, string path)
    {
        client.Get(path, "Accept-Encoding: gzip\r\n");
        return client.ReceiveAnswer();
    }

    private static string Decoded(Answer answer)
    {
        using var gzip = new GZipStream(new MemoryStream(answer.Content), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}
