using System.Net;
using System.Text;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: the debugger's page is for whoever knows its address, and for no other page.</summary>
public sealed class PageAccessScenarios : IDisposable
{
    private readonly StudiedPage page = new();

    public void Dispose() => page.Dispose();

    [Test]
    public void The_address_answers_with_the_page()
    {
        using var answer = page.Get("");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer
            .Headers.GetValues("Content-Security-Policy")
            .Single()
            .ShouldStartWith("default-src 'none'; script-src 'self'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Test]
    public void The_token_is_long_and_another_one_each_time()
    {
        page.Address.Segments[1].TrimEnd('/').Length.ShouldBe(22); // 128 bits
        using var another = new StudiedPage();
        another.Address.AbsolutePath.ShouldNotBe(page.Address.AbsolutePath);
    }

    [TestCase("/")]
    [TestCase("/index.html")]
    [TestCase("/events")]
    [TestCase("/AAAAAAAAAAAAAAAAAAAAAA/")]
    public void Without_the_token_there_is_nothing(string path) =>
        page.Get(path).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Test]
    public void Without_its_last_slash_the_address_leads_to_the_page()
    {
        using var answer = page.Get(page.Address.AbsolutePath.TrimEnd('/'));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.RequestMessage!.RequestUri.ShouldBe(page.Address);
    }

    [TestCase("Host", "evil.example")]
    [TestCase("Host", "localhost")]
    [TestCase("Host", "127.0.0.1")]
    [TestCase("Origin", "http://evil.example")]
    [TestCase("Origin", "null")]
    [TestCase("Origin", "https://127.0.0.1:{port}")]
    [TestCase("Origin", "http://127.0.0.1:1")]
    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Sec-Fetch-Site", "same-site")]
    public void What_another_page_sends_is_refused_even_with_the_token(string field, string value)
    {
        var asked = (field, value.Replace("{port}", $"{page.Address.Port}"));
        page.Get("", asked).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.Get("events", asked).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.Post("""{"do":"step"}""", "application/json", asked).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.Site.Parked().Number.ShouldBe(1); // it hasn't been stepped
    }

    [TestCase("Origin", "http://{host}", "http://evil.example")]
    [TestCase("Sec-Fetch-Site", "same-origin", "cross-site")]
    public void Who_says_two_things_is_believed_in_neither(string field, string one, string other)
    {
        using var client = new WireClient(new IPEndPoint(IPAddress.Loopback, page.Address.Port));
        var host = page.Address.Authority;
        client.Send(
            $"GET {page.Address.AbsolutePath} HTTP/1.1\r\nHost: {host}\r\n"
                + $"{field}: {one.Replace("{host}", host)}\r\n{field}: {other}\r\n\r\n"
        );
        Encoding.ASCII.GetString(client.ReceiveHead()).ShouldStartWith("HTTP/1.1 403 ");
    }

    [TestCase("Host", "127.0.0.1:{port}")]
    [TestCase("Host", "localhost:{port}")]
    [TestCase("Host", "LOCALHOST:{port}")]
    [TestCase("Origin", "http://127.0.0.1:{port}")]
    [TestCase("Sec-Fetch-Site", "same-origin")]
    [TestCase("Sec-Fetch-Site", "none")]
    public void What_the_page_sends_is_answered(string field, string value) =>
        page.Get("", (field, value.Replace("{port}", $"{page.Address.Port}"))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/jsonp")]
    [TestCase(null)]
    public void A_command_must_be_said_to_be_json(string? type) =>
        page.Post("""{"do":"step"}""", type).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);

    [Test]
    public void Commands_are_posted_and_all_else_is_asked_for()
    {
        using var asked = page.Get("commands");
        asked.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        asked.Content.Headers.Allow.ShouldBe(["POST"]);
        using var client = new WireClient(new IPEndPoint(IPAddress.Loopback, page.Address.Port));
        client.Send(
            $"POST {page.Address.AbsolutePath} HTTP/1.1\r\nHost: {page.Address.Authority}\r\nContent-Length: 0\r\n\r\n"
        );
        var head = Encoding.ASCII.GetString(client.ReceiveHead());
        head.ShouldStartWith("HTTP/1.1 405 ");
        head.ShouldContain("\r\nAllow: GET, HEAD\r\n"); // RFC 9110, section 15.5.6
    }

    [Test]
    public void An_unknown_method_is_not_implemented()
    {
        using var client = new WireClient(new IPEndPoint(IPAddress.Loopback, page.Address.Port));
        client.Send($"BREW {page.Address.AbsolutePath} HTTP/1.1\r\nHost: {page.Address.Authority}\r\n\r\n");
        Encoding.ASCII.GetString(client.ReceiveHead()).ShouldStartWith("HTTP/1.1 501 ");
    }

    [TestCase("page.css", "text/css; charset=utf-8")]
    [TestCase("page.js", "text/javascript; charset=utf-8")]
    public void The_files_of_the_page_are_served(string name, string type)
    {
        using var answer = page.Get(name);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe(type);
    }

    [TestCase("missing.js")]
    [TestCase("moments/99")]
    [TestCase("moments/x")]
    [TestCase("sources/Server.Host/Missing.cs")]
    [TestCase("sources/../../etc/passwd")]
    public void What_there_isnt_is_not_found(string path) =>
        page.Get(path).StatusCode.ShouldBe(HttpStatusCode.NotFound);
}
