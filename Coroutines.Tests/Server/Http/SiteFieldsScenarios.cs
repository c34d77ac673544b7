using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: what an operator wants said is said: fields of every answer, and Cache-Control by the path.</summary>
public sealed class SiteFieldsScenarios : HttpFixture
{
    [Test]
    public void Every_answer_has_the_fields()
    {
        Fields = SiteFields.Of(["X-One: 1", "Link: </a>; rel=preload", "link: </b>; rel=preload"], []);
        GivenAFile("a", "hello");
        GivenAFile("docs/index.html", "hello");
        WhenItSends(
            Get("/a")
                + Get("/a", "If-None-Match: *")
                + Get("/a", "If-Match: \"x\"")
                + Get("/docs")
                + Get("/none")
                + Get("/%00")
                + Ask("DELETE", "/a")
                + "nonsense\r\n\r\n"
        );
        ThenTheStatusesAre(200, 304, 412, 301, 404, 400, 405, 400);
        foreach (var answer in Answers)
        {
            answer["X-One"].ShouldBe("1");
            answer["Date"].ShouldBe("Fri, 01 Jan 2100 00:00:00 GMT");
            answer
                .Fields.Where(field => field.StartsWith("link", StringComparison.OrdinalIgnoreCase))
                .Count()
                .ShouldBe(2);
        }
    }

    [Test]
    public void A_header_of_the_same_name_wins()
    {
        var text = TextOf(
            SiteFields.Of(["server: mine", "Content-Security-Policy: default-src *"], SecurityFields.All)
        );
        text.ShouldStartWith("X-Content-Type-Options: nosniff\r\n");
        text.ShouldEndWith("server: mine\r\nContent-Security-Policy: default-src *\r\n");
        text.ShouldNotContain("Coroutines");
        text.ShouldNotContain("frame-ancestors");
    }

    [Test]
    public void The_security_fields_can_be_sent()
    {
        foreach (var (name, value) in SecurityFields.All)
            SiteFields.WhyNot($"{name}: {value}").ShouldBeNull();
        TextOf(SiteFields.Of([], SecurityFields.All)).ShouldContain("frame-ancestors 'self'\r\n");
    }

    [TestCase("X-A: b")]
    [TestCase("X-A:b")]
    [TestCase("X-A: b: c ")]
    [TestCase("Strict-Transport-Security: max-age=1")]
    [TestCase("Vary: Origin")]
    public void A_header_is_taken(string header) => SiteFields.WhyNot(header).ShouldBeNull();

    [TestCase("X-A", "has no ':' between its name and its value")]
    [TestCase(": b", "has the name '', which must be letters, digits and hyphens")]
    [TestCase("X A: b", "has the name 'X A', which must be letters, digits and hyphens")]
    [TestCase("X-A : b", "has the name 'X-A ', which must be letters, digits and hyphens")]
    [TestCase("X-Ä: b", "has the name 'X-Ä', which must be letters, digits and hyphens")]
    [TestCase("X-A:", "has no value")]
    [TestCase("X-A:  ", "has no value")]
    [TestCase("X-A: b\r\nX-B: c", "must have printable ASCII as its value")]
    [TestCase("X-A: b\0", "must have printable ASCII as its value")]
    [TestCase("X-A: ü", "must have printable ASCII as its value")]
    [TestCase("X-A: b\tc", "must have printable ASCII as its value")]
    [TestCase("content-length: 5", "must not set content-length: it says how the answer is framed")]
    [TestCase("Transfer-Encoding: chunked", "must not set Transfer-Encoding: it says how the answer is framed")]
    [TestCase("Connection: close", "must not set Connection: it belongs to the connection")]
    [TestCase("Date: now", "must not set Date: the server says it itself")]
    [TestCase(
        "Cache-Control: no-store",
        "must not set Cache-Control: --cache says it by the path, for example --cache '**=max-age=60'"
    )]
    public void What_is_no_header_is_told(string header, string why) => SiteFields.WhyNot(header).ShouldBe(why);

    [TestCase("X-A: b", "X-B: b")]
    [TestCase("Vary: Origin", "vary: Accept")]
    [TestCase("Set-Cookie: a=b", "Set-Cookie: c=d")]
    [TestCase("Content-Security-Policy: default-src 'self'", "Content-Security-Policy: img-src *")]
    public void What_may_stand_in_several_lines_may_be_said_again(params string[] headers) =>
        SiteFields.Repeated(headers).ShouldBeEmpty();

    [TestCase("Strict-Transport-Security: max-age=1", "Strict-Transport-Security: max-age=2")]
    [TestCase("Server: a", "server: b")]
    [TestCase("X-A: b", "X-A: b")]
    public void What_is_not_known_to_be_a_list_is_said_once(params string[] headers) =>
        SiteFields.Repeated(headers).ShouldBe([(headers[0].Split(':')[0], 2)]);

    [Test]
    public void Cache_Control_is_said_by_the_path_in_200_and_304_alike()
    {
        CacheRules = ["*.css=max-age=60", "/docs/*=private", "*.bin=off"];
        GivenAFile("a.css", "hello");
        GivenAFile("docs/index.html", "hello");
        GivenAFile("a.bin", "hello");
        WhenItSends(
            Get("/a.css")
                + Get("/a.css", "If-None-Match: *")
                + Get("/docs/")
                + Get("/a.bin")
                + Get("/a.bin", "If-None-Match: *")
        );
        ThenTheStatusesAre(200, 304, 200, 200, 304);
        Answers.Take(3).Select(answer => answer["Cache-Control"]).ShouldBe(["max-age=60", "max-age=60", "private"]);
        Answers.Skip(3).ShouldAllBe(answer => !answer.Has("Cache-Control"));
    }

    [Test]
    public void The_codings_of_a_file_are_kept_as_long_as_the_file()
    {
        CacheRules = ["*.css=max-age=60", "*.br=no-store"];
        GivenAFile("a.css", "hello");
        GivenAFile("a.css.br", "coded");
        WhenItSends(Get("/a.css", "Accept-Encoding: br") + Get("/a.css.br"));
        Answers.Select(answer => answer["Cache-Control"]).ShouldBe(["max-age=60", "no-store"]);
    }

    [Test]
    public void A_redirect_and_what_is_missing_are_not_kept_by_a_guess()
    {
        CacheRules = ["**=max-age=60"];
        GivenAFile("docs/index.html", "hello");
        WhenItSends(Get("/docs") + Get("/none"));
        Answers.Select(answer => answer["Cache-Control"]).ShouldBe(["no-cache", "no-cache"]);
    }

    private static string TextOf(ReadOnlyMemory<byte> lines) => Encoding.ASCII.GetString(lines.Span);
}
