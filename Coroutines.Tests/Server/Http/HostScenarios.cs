namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: HTTP/1.1 names its host exactly once (RFC 9112, section 3.2).</summary>
public sealed class HostScenarios : ParserFixture
{
    [TestCase("a")]
    [TestCase("www.example.org")]
    [TestCase("www.example.org:8080")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:0")]
    [TestCase("a:65535")]
    [TestCase("a:00080")]
    [TestCase("a:")]
    [TestCase("[::1]")]
    [TestCase("[::1]:8080")]
    [TestCase("[2001:db8::ff00:42:8329]")]
    [TestCase("[::ffff:127.0.0.1]")]
    [TestCase("[v1.a]")]
    [TestCase("[VF0.a:b!]:80")]
    [TestCase("a_b-c.d~e")]
    [TestCase("a%41b")]
    [TestCase("!$&'()*+,;=")]
    [TestCase("")]
    public void A_host_is_taken(string host)
    {
        GivenHosts("HTTP/1.1", host);
        WhenItIsParsed();
        ThenItIsFor(host);
    }

    [TestCase("a:65536")]
    [TestCase("a:99999999999999999999")]
    [TestCase("a:-1")]
    [TestCase("a:+1")]
    [TestCase("a:asd")]
    [TestCase("a:80:80")]
    [TestCase("a: 80")]
    [TestCase(":80")]
    [TestCase(":")]
    [TestCase("a b")]
    [TestCase("a/b")]
    [TestCase("a?b")]
    [TestCase("a#b")]
    [TestCase("u@a")]
    [TestCase("http://a")]
    [TestCase("a\\b")]
    [TestCase("\u00e4")]
    [TestCase("a%4")]
    [TestCase("a%")]
    [TestCase("a%zz")]
    [TestCase("::1")]
    [TestCase("[::1")]
    [TestCase("::1]")]
    [TestCase("[]")]
    [TestCase("[:::1]")]
    [TestCase("[1:2:3]")]
    [TestCase("[127.0.0.1]")]
    [TestCase("[::1]80")]
    [TestCase("[::1]x:80")]
    [TestCase("[fe80::1%eth0]")]
    [TestCase("[v1]")]
    [TestCase("[v.a]")]
    [TestCase("[v1.]")]
    [TestCase("[vg.a]")]
    [TestCase("[v1.a/b]")]
    [TestCase("[v1.a%20]")]
    [TestCase("[[::1]]")]
    public void A_malformed_host_is_refused_in_either_version(string host)
    {
        foreach (var version in (string[])["HTTP/1.0", "HTTP/1.1"])
        {
            GivenHosts(version, host);
            WhenItIsParsed();
            ThenItIsRefusedWith(400);
        }
    }

    [Test]
    public void HTTP_1_1_without_a_host_is_refused()
    {
        GivenHosts("HTTP/1.1");
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [Test]
    public void HTTP_1_0_needs_no_host()
    {
        GivenHosts("HTTP/1.0");
        WhenItIsParsed();
        ThenItIsFor("");
    }

    [TestCase("HTTP/1.0", "a")]
    [TestCase("HTTP/1.1", "a")]
    [TestCase("HTTP/1.1", "b")]
    [TestCase("HTTP/1.1", "")]
    public void Two_hosts_are_refused_even_if_equal(string version, string second)
    {
        GivenHosts(version, "a", second);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [Test]
    public void A_host_in_the_target_does_not_stand_in_for_the_field()
    {
        GivenBytes("GET http://b/ HTTP/1.1\r\n\r\n");
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    private void GivenHosts(string version, params string[] hosts) =>
        GivenBytes($"GET / {version}\r\n{string.Concat(hosts.Select(host => $"Host: {host}\r\n"))}\r\n");

    private void ThenItIsFor(string host)
    {
        ThenItIsComplete();
        Parsed.Authority.ShouldBe(host);
    }
}
