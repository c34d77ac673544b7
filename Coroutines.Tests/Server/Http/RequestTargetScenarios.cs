using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a request target in each of its forms (RFC 9112, section 3.2).</summary>
public sealed class RequestTargetScenarios : ParserFixture
{
    [TestCase("/", "/", "")]
    [TestCase("/a/b.html", "/a/b.html", "")]
    [TestCase("/a?b=c", "/a", "?b=c")]
    [TestCase("/a?", "/a", "?")]
    [TestCase("/a?b?c", "/a", "?b?c")]
    [TestCase("/?/", "/", "?/")]
    [TestCase("//x/", "//x/", "")]
    [TestCase("/%00%zz", "/%00%zz", "")]
    [TestCase("/a|b{c}^\"<>`\\", "/a|b{c}^\"<>`\\", "")]
    [TestCase("/http://b/", "/http://b/", "")]
    public void An_origin_form_is_split_at_its_query(string target, string path, string query)
    {
        GivenARequest($"GET {target} HTTP/1.1");
        WhenItIsParsed();
        ThenTheTargetIs(TargetForm.Origin, "a", path, query);
    }

    [TestCase("http://b/c?d", "b", "/c", "?d")]
    [TestCase("http://b", "b", "/", "")]
    [TestCase("http://b?d", "b", "/", "?d")]
    [TestCase("HTTP://b:8443/", "b:8443", "/", "")]
    [TestCase("http://[::1]:80/c", "[::1]:80", "/c", "")]
    public void An_absolute_form_names_the_host(string target, string authority, string path, string query)
    {
        GivenARequest($"GET {target} HTTP/1.1");
        WhenItIsParsed();
        ThenTheTargetIs(TargetForm.Absolute, authority, path, query);
    }

    [Test]
    public void An_asterisk_goes_with_OPTIONS()
    {
        GivenARequest("OPTIONS * HTTP/1.1");
        WhenItIsParsed();
        ThenTheTargetIs(TargetForm.Asterisk, "a", "*", "");
    }

    [Test]
    public void A_host_and_port_go_with_CONNECT()
    {
        GivenARequest("CONNECT b:443 HTTP/1.1");
        WhenItIsParsed();
        ThenTheTargetIs(TargetForm.Authority, "b:443", "", "");
    }

    [TestCase("GET *")]
    [TestCase("HEAD *")]
    [TestCase("BREW *")]
    [TestCase("OPTIONS **")]
    [TestCase("OPTIONS *?a")]
    [TestCase("GET b:443")]
    [TestCase("GET a.html")]
    [TestCase("GET ?a")]
    [TestCase("GET ftp://b/")]
    [TestCase("GET http:/b")]
    [TestCase("GET http:b")]
    [TestCase("GET http://")]
    [TestCase("GET http:///c")]
    [TestCase("GET http://?c")]
    [TestCase("GET http://u@b/")]
    [TestCase("GET http://u:p@b/")]
    [TestCase("GET http://b:65536/")]
    [TestCase("GET http://b:x/")]
    [TestCase("GET http://[::1/")]
    [TestCase("CONNECT /")]
    [TestCase("CONNECT b")]
    [TestCase("CONNECT b:")]
    [TestCase("CONNECT b:0")]
    [TestCase("CONNECT b:65536")]
    [TestCase("CONNECT :443")]
    [TestCase("CONNECT http://b:443/")]
    [TestCase("CONNECT *")]
    public void A_form_that_does_not_fit_is_refused(string methodAndTarget)
    {
        GivenARequest($"{methodAndTarget} HTTP/1.1");
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("/a#b")]
    [TestCase("/\0")]
    [TestCase("/\u0001")]
    [TestCase("/\t")]
    [TestCase("/\u007f")]
    [TestCase("/\u0080")]
    [TestCase("/\u00e4")]
    [TestCase("/\u00ff")]
    [TestCase("http://b/#c")]
    [TestCase("/a b")]
    public void A_byte_that_must_be_escaped_is_refused(string target)
    {
        GivenARequest($"GET {target} HTTP/1.1");
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    private void ThenTheTargetIs(object form, string authority, string path, string query)
    {
        ThenItIsComplete();
        (Parsed.TargetForm, Parsed.Authority, Parsed.Path, Parsed.Query).ShouldBe(
            ((TargetForm)form, authority, path, query)
        );
    }
}
