using System.Net;
using System.Net.Http.Headers;

namespace Coroutines.Tests.Host;

/// <summary>Feature: .NET's own HTTP client gets what it asks for, and is told what it may not have.</summary>
[Parallelizable] // it waits for another process most of the time
public sealed class HttpClientScenarios : IDisposable
{
    private readonly SiteFolder folder = new();
    private readonly byte[] small;
    private readonly byte[] large;
    private readonly ServerProcess server;
    private readonly SocketsHttpHandler handler = new() { AutomaticDecompression = DecompressionMethods.All };
    private readonly HttpClient client;

    public HttpClientScenarios()
    {
        small = folder.WriteBytes("small.bin", 4_000);
        large = folder.WriteBytes("large.bin", 20_000_000);
        folder.WriteText("page.html", new string('x', 50_000));
        server = ServerProcess.Serve(folder.Path);
        client = new HttpClient(handler) { BaseAddress = new(server.Address), Timeout = ServerProcess.Patience };
    }

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task It_gets_every_byte()
    {
        (await client.GetByteArrayAsync("small.bin")).ShouldBeBytes(small);
        (await client.GetByteArrayAsync("large.bin")).ShouldBeBytes(large);
    }

    [Test]
    public async Task It_gets_many_at_once()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.GetByteArrayAsync("small.bin")));

        all.ShouldAllBe(content => content.SequenceEqual(small));
    }

    [Test]
    public async Task It_gets_text_that_may_have_travelled_compressed()
    {
        (await client.GetStringAsync("page.html")).ShouldBe(new string('x', 50_000));
    }

    [Test]
    public async Task It_gets_the_head_alone_and_the_connection_goes_on()
    {
        using var head = await client.SendAsync(new(HttpMethod.Head, "large.bin"));

        head.Content.Headers.ContentLength.ShouldBe(large.Length);
        (await client.GetByteArrayAsync("small.bin")).ShouldBeBytes(small);
    }

    [Test]
    public async Task Its_copy_is_still_right()
    {
        using var first = await client.GetAsync("small.bin");
        using var byTag = new HttpRequestMessage(HttpMethod.Get, "small.bin");
        byTag.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var byDate = new HttpRequestMessage(HttpMethod.Get, "small.bin");
        byDate.Headers.IfModifiedSince = first.Content.Headers.LastModified;

        (await client.SendAsync(byTag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await client.SendAsync(byDate)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Test]
    public async Task It_gets_a_part()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "large.bin");
        request.Headers.Range = new(1_000_000, 1_999_999);

        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        answer.Content.Headers.ContentRange.ShouldBe(new ContentRangeHeaderValue(1_000_000, 1_999_999, large.Length));
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBeBytes(large[1_000_000..2_000_000]);
    }

    [Test]
    public async Task It_is_told_that_there_is_no_such_part()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "small.bin");
        request.Headers.Range = new(4_000, null);

        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        answer.Content.Headers.ContentRange.ShouldBe(new ContentRangeHeaderValue(4_000));
    }

    [Test]
    public async Task It_is_told_what_is_not_there_or_not_done()
    {
        (await client.GetAsync("nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var refused = await client.PostAsync("small.bin", new ByteArrayContent(small));
        refused.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        refused.Content.Headers.Allow.ShouldContain("GET");
        (await client.GetByteArrayAsync("small.bin")).ShouldBeBytes(small);
    }

    [Test]
    public async Task It_is_told_that_it_says_too_much()
    {
        (await client.GetAsync(new string('x', 9_000))).StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);
        using var wordy = new HttpRequestMessage(HttpMethod.Get, "small.bin");
        wordy.Headers.Add("X-Wordy", new string('x', 40_000));
        (await client.SendAsync(wordy)).StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        using var lengthy = await client.PostAsync("small.bin", new ByteArrayContent(large));
        lengthy.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await client.GetByteArrayAsync("small.bin")).ShouldBeBytes(small);
    }

    [Test]
    public async Task It_may_send_content_by_chunks_and_with_leave()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "small.bin")
        {
            Content = new ByteArrayContent(small),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;

        using var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await client.GetByteArrayAsync("small.bin")).ShouldBeBytes(small);
    }

    [Test]
    public async Task It_may_leave_within_an_answer()
    {
        using (var answer = await client.GetAsync("large.bin", HttpCompletionOption.ResponseHeadersRead))
        await using (var content = await answer.Content.ReadAsStreamAsync())
            await content.ReadExactlyAsync(new byte[100_000]);

        (await client.GetByteArrayAsync("small.bin")).ShouldBeBytes(small);
        server.Stop().ShouldBe(0, server.Errors.ToString());
    }

    [Test]
    public async Task It_connects_anew_when_its_connection_was_let_go()
    {
        using var impatient = ServerProcess.Serve(folder.Path, "--idle-timeout", "0.001");
        using var unmoved = new HttpClient { BaseAddress = new(impatient.Address), Timeout = ServerProcess.Patience };
        for (var request = 0; request < 100; request++)
            (await unmoved.GetByteArrayAsync("small.bin")).ShouldBeBytes(small);
    }
}
