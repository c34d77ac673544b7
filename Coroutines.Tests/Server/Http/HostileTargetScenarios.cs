using Coroutines.Tests.Server.Files;
using CsCheck;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: no target leads to what is hidden or outside, and none to a failure of the server's.</summary>
public sealed class HostileTargetScenarios : HttpFixture
{
    private const int LongestSegment = 255; // Linux: NAME_MAX, in bytes
    private const int LongestPath = 4_095; // Linux: PATH_MAX with its NUL

    private static IEnumerable<TestCaseData> Hidden()
    {
        string[] targets =
        [
            "/.git/config",
            "/%2egit/config",
            "/%2Egit/config",
            "/.%67it/config",
            "/sub/../.git/config",
            "/sub/%2e%2e/.git/config",
            "/.well-known/../.git/config",
            "/.well-known/.git/config",
            "/.env",
            "/%2e%65nv",
            "/.env/",
            "/./.env",
            "/sub/.htpasswd",
            "/.GIT/config",
            "/.Well-Known/a",
            "/sub/.well-known/a",
        ];
        return targets.Select(target => new TestCaseData(target).SetArgDisplayNames(target));
    }

    [TestCaseSource(nameof(Hidden))]
    public void What_is_hidden_is_not_found(string target)
    {
        GivenASite();
        WhenItSends(Get(target));
        ThenTheAnswerIs(404);
    }

    [TestCase("/.well-known/security.txt")]
    [TestCase("/%2ewell-known/security.txt")]
    [TestCase("/sub/../.well-known/security.txt")]
    [TestCase("/./.well-known/./security.txt")]
    public void What_is_well_known_is_served(string target)
    {
        GivenASite();
        WhenItSends(Get(target));
        ThenTheAnswerIs(200).Content.ShouldBe("well-known");
    }

    [TestCase("/../outside", 404)]
    [TestCase("/..%2foutside", 404)]
    [TestCase("/%2e%2e/outside", 404)]
    [TestCase("/%2e%2e%2foutside", 404)]
    [TestCase("/%252e%252e/outside", 404)]
    [TestCase("/%252e%252e%252foutside", 404)]
    [TestCase("/..%255coutside", 404)]
    [TestCase("/..%5coutside", 404)]
    [TestCase("/sub/..%5c..%5coutside", 404)]
    [TestCase("/%c0%ae%c0%ae/outside", 404)] // an overlong dot
    [TestCase("/%c0%afoutside", 404)] // an overlong slash
    [TestCase("/%uff0e%uff0e/outside", 400)]
    [TestCase("/%ef%bc%8e%ef%bc%8e/outside", 404)] // a wide dot
    [TestCase("//outside", 404)]
    [TestCase("///outside", 404)]
    [TestCase("/..;/outside", 404)]
    [TestCase("/a.txt%00", 400)]
    [TestCase("/a.txt%00.html", 400)]
    [TestCase("/%00", 400)]
    [TestCase("/a.txt%0d%0aX-A:%20b", 400)]
    [TestCase("/a.txt%7f", 400)]
    [TestCase("/a.txt%", 400)]
    [TestCase("/a.txt%2", 400)]
    [TestCase("/a.txt%zz", 400)]
    [TestCase("/a.txt/", 404)]
    [TestCase("/a.txt/b", 404)]
    [TestCase("/a.txt/.", 404)]
    [TestCase("/a.txt/..", 200)] // is '/', by RFC 3986, section 5.2.4
    [TestCase("/a.txt::$DATA", 404)]
    [TestCase("/a.txt~", 404)]
    [TestCase("/a.txt%20", 404)]
    [TestCase("/link-to-self", 404)]
    [TestCase("/link-to-outside", 404)]
    [TestCase("/link-to-nothing", 404)]
    [TestCase("/link-to-root/a.txt", 200)]
    [Platform("Linux")]
    public void Each_trick_has_its_answer(string target, int status)
    {
        GivenASite();
        WhenItSends(Get(target));
        ThenTheAnswerIs(status).Content.ShouldNotContain(TemporaryFolder.Secret);
    }

    [TestCase("/a.txt.")]
    [TestCase("/a.txt...")]
    [TestCase("/A.TXT")]
    [TestCase("/a.TxT")]
    [TestCase("/SUB/")]
    [Platform("Linux")]
    public void Names_are_what_they_are(string target)
    {
        GivenASite();
        WhenItSends(Get(target));
        ThenTheAnswerIs(404);
    }

    [TestCase(LongestSegment)]
    [TestCase(LongestSegment + 1)]
    [TestCase(LongestPath)]
    [TestCase(LongestPath + 1)]
    [TestCase(8_000)]
    public void A_name_that_is_too_long_is_not_found(int bytes)
    {
        GivenASite();
        WhenItSends(Get("/" + new string('a', bytes)) + Get("/" + string.Concat(Enumerable.Repeat("a/", bytes / 2))));
        ThenTheStatusesAre(404, 404);
    }

    [Test]
    public void A_target_that_is_longer_than_a_request_line_may_be_is_told_so()
    {
        GivenASite();
        WhenItSends(Get("/" + new string('a', 9_000)));
        ThenTheAnswerIs(414);
        ThenItLingers();
    }

    [Test]
    public void Whatever_is_put_together_of_tricks_nothing_secret_is_told_and_nothing_fails()
    {
        GivenASite();
        string[] parts =
        [
            "..",
            ".",
            "/",
            "//",
            "%2e",
            "%2f",
            "%5c",
            "\\",
            "%00",
            "%",
            ".git",
            "config",
            ".well-known",
            "sub",
        ];
        string[] more =
        [
            "link-to-outside",
            "link-to-root",
            "link-to-self",
            "a.txt",
            "outside",
            "%25",
            ";",
            "?",
            "%c0",
            "~",
            "*",
        ];
        var targets = Gen.Int[0, parts.Length + more.Length - 1]
            .Select(i => i < parts.Length ? parts[i] : more[i - parts.Length])
            .Array[1, 8]
            .Select(words => "/" + string.Concat(words));
        targets.Sample(ThenItIsHarmless, iter: 2_000, threads: 1);
    }

    private void ThenItIsHarmless(string target)
    {
        var client = GivenAnotherClient();
        client.Sends($"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        client.HalfCloses();
        WhenAllIsDone();
        var answer = Answer.ReadAll(client.ReceivedText).ShouldHaveSingleItem();
        answer.Status.ShouldBeOneOf(200, 301, 400, 404);
        answer.Content.ShouldNotContain(TemporaryFolder.Secret);
    }

    private void GivenASite()
    {
        GivenAFile("a.txt", "hello");
        GivenAFile("index.html", "index");
        GivenAFile("sub/index.html", "sub");
        GivenAFile(".git/config", TemporaryFolder.Secret);
        GivenAFile(".env", TemporaryFolder.Secret);
        GivenAFile("sub/.htpasswd", TemporaryFolder.Secret);
        GivenAFile(".well-known/security.txt", "well-known");
        GivenAFile(".well-known/.git/config", TemporaryFolder.Secret);
        GivenAFile("sub/.well-known/a", TemporaryFolder.Secret);
        Folder.WriteSecret("outside");
        if (!OperatingSystem.IsLinux())
            return;
        Folder.Link("link-to-self", "link-to-self");
        Folder.Link("link-to-outside", "../outside");
        Folder.Link("link-to-nothing", "nothing");
        Folder.Link("link-to-root", ".");
    }
}
