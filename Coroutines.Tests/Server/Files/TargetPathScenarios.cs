using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: a request's raw path becomes a path inside the root, or a refusal (RFC 3986).</summary>
public sealed class TargetPathScenarios
{
    [TestCase("/", "")]
    [TestCase("/a.txt", "a.txt")]
    [TestCase("/a/b/c.txt", "a/b/c.txt")]
    [TestCase("/a/", "a/")]
    [TestCase("/a..b/c.d.", "a..b/c.d.", ExcludePlatform = "Win")]
    public void A_plain_path_stays_as_it_is(string raw, string expected) => ThenItIs(raw, expected);

    [TestCase("/%61.txt", "a.txt")]
    [TestCase("/%C3%A4.txt", "ä.txt")]
    [TestCase("/%c3%a4.txt", "ä.txt")]
    [TestCase("/100%25", "100%")]
    [TestCase("/a%20b+c", "a b+c")]
    [TestCase("/a%3Fb%23c", "a?b#c", ExcludePlatform = "Win")]
    public void Percent_encoding_is_undone(string raw, string expected) => ThenItIs(raw, expected);

    [TestCase("/%252e%252e/a", "%2e%2e/a")]
    [TestCase("/%2561", "%61")]
    [TestCase("/%252f", "%2f")]
    public void Percent_encoding_is_undone_only_once(string raw, string expected) => ThenItIs(raw, expected);

    [TestCase("/%")]
    [TestCase("/%4")]
    [TestCase("/a%4")]
    [TestCase("/%4g")]
    [TestCase("/%g4")]
    [TestCase("/%%41")]
    [TestCase("/%+1")]
    [TestCase("/%-1")]
    [TestCase("/% 1")]
    [TestCase("/%0x41")]
    public void Malformed_percent_encoding_is_a_bad_request(string raw) =>
        ThenItIsRefused(raw, TargetRefusal.BadRequest);

    [TestCase("")]
    [TestCase("*")]
    [TestCase("a.txt")]
    [TestCase("http://host/a.txt")]
    public void A_path_that_does_not_begin_with_a_slash_is_a_bad_request(string raw) =>
        ThenItIsRefused(raw, TargetRefusal.BadRequest);

    [Test]
    public void Every_control_byte_is_a_bad_request([Range(0x00, 0x1f)] int value)
    {
        ThenItIsRefused($"/a%{value:x2}b", TargetRefusal.BadRequest);
        ThenItIsRefused($"/a{(char)value}b", TargetRefusal.BadRequest);
    }

    [TestCase("/a%7fb")]
    [TestCase("/a\u007fb")]
    [TestCase("/a.txt%00")]
    [TestCase("/%00")]
    public void Delete_and_NUL_are_bad_requests(string raw) => ThenItIsRefused(raw, TargetRefusal.BadRequest);

    [TestCase("/a%20b", "a b")]
    [TestCase("/a~b", "a~b", ExcludePlatform = "Win")]
    public void The_neighbours_of_the_control_bytes_are_names(string raw, string expected) => ThenItIs(raw, expected);

    [TestCase("/a%2fb")]
    [TestCase("/a%2Fb")]
    [TestCase("/%2f")]
    [TestCase("/..%2f..%2fetc/hostname")]
    [TestCase("/a\\b")]
    [TestCase("/a%5cb")]
    [TestCase("/a%5Cb")]
    [TestCase("/..\\..\\")]
    [TestCase("/%5c..")]
    [TestCase("/\\evil.example")]
    public void An_encoded_slash_and_every_backslash_are_not_found(string raw) =>
        ThenItIsRefused(raw, TargetRefusal.NotFound);

    [TestCase("/./a", "a")]
    [TestCase("/a/./b", "a/b")]
    [TestCase("/a/.", "a/")]
    [TestCase("/.", "")]
    [TestCase("/a/../b", "b")]
    [TestCase("/a/b/../../c", "c")]
    [TestCase("/a/b/..", "a/")]
    [TestCase("/a/..", "")]
    [TestCase("/a/../", "")]
    [TestCase("/a/%2e%2e/b", "b")]
    [TestCase("/a/.%2E/b", "b")]
    [TestCase("/%2e/a", "a")]
    public void Dot_segments_are_removed_encoded_or_not(string raw, string expected) => ThenItIs(raw, expected);

    [TestCase("/..")]
    [TestCase("/../")]
    [TestCase("/../../etc/hostname")]
    [TestCase("/%2e%2e/%2e%2e/etc/hostname")]
    [TestCase("/.%2e/etc/hostname")]
    [TestCase("/a/../../a")]
    [TestCase("/./..")]
    public void A_path_above_the_root_is_not_found(string raw) => ThenItIsRefused(raw, TargetRefusal.NotFound);

    [TestCase("//")]
    [TestCase("//a")]
    [TestCase("/a//b")]
    [TestCase("/a//")]
    [TestCase("//evil.example/..")]
    [TestCase("//evil.example/%2e%2e")]
    [TestCase("/.//evil.example")]
    [TestCase("/a/..//evil.example")]
    public void An_empty_segment_is_not_found(string raw) => ThenItIsRefused(raw, TargetRefusal.NotFound);

    [TestCase("/.git/config")]
    [TestCase("/%2egit/config")]
    [TestCase("/.git/../a")]
    [TestCase("/a/.htaccess")]
    [TestCase("/...")]
    [TestCase("/..a")]
    [TestCase("/a/.well-known/b")]
    [TestCase("/.well-known/.b")]
    [TestCase("/.well-knowns")]
    [TestCase("/.well-know")]
    public void A_dotfile_is_not_found(string raw) => ThenItIsRefused(raw, TargetRefusal.NotFound);

    [TestCase("/.well-known/a", ".well-known/a")]
    [TestCase("/.well-known", ".well-known")]
    [TestCase("/a/../.well-known/b", ".well-known/b")]
    public void The_well_known_folder_is_served(string raw, string expected) => ThenItIs(raw, expected);

    [TestCase("/%ff")]
    [TestCase("/%c3")]
    [TestCase("/%c3/%a4")]
    [TestCase("/%c0%ae%c0%ae/a")] // '.' in two bytes
    [TestCase("/%c0%af")] // '/' in two bytes
    [TestCase("/%ed%a0%80")] // half of a surrogate pair
    [TestCase("/%f4%90%80%80")] // behind U+10FFFF
    public void A_path_that_is_not_UTF_8_is_not_found(string raw) => ThenItIsRefused(raw, TargetRefusal.NotFound);

    [Test]
    public void A_path_is_looked_at_up_to_its_limit_and_not_beyond()
    {
        var longest = "/" + new string('a', TargetPath.MaxRawBytes - 1);
        ThenItIs(longest, longest[1..]);
        ThenItIsRefused(longest + "a", TargetRefusal.NotFound);
    }

    [Test]
    public void The_longest_folder_still_gets_its_index()
    {
        var longest = "/" + new string('a', TargetPath.MaxRawBytes - 2) + "/";
        ThenItsFileIs(longest, longest[1..] + "index.html");
    }

    [TestCase("/", "index.html")]
    [TestCase("/a/", "a/index.html")]
    [TestCase("/a/b/..", "a/index.html")]
    [TestCase("/a", "a")]
    public void A_folder_is_answered_by_its_index(string raw, string expected) => ThenItsFileIs(raw, expected);

    private static TargetPath WhenDecoded(string raw) =>
        TargetPath.Decode(Encoding.UTF8.GetBytes(raw), new byte[TargetPath.BufferBytes]);

    private static void ThenItIs(string raw, string expected)
    {
        var path = WhenDecoded(raw);
        path.Refusal.ShouldBe(TargetRefusal.None);
        Encoding.UTF8.GetString(path.Relative).ShouldBe(expected);
        path.IsFolder.ShouldBe(expected is "" || expected.EndsWith('/'));
    }

    private static void ThenItsFileIs(string raw, string expected) =>
        Encoding.UTF8.GetString(WhenDecoded(raw).File).ShouldBe(expected);

    private static void ThenItIsRefused(string raw, TargetRefusal expected)
    {
        var path = WhenDecoded(raw);
        path.Refusal.ShouldBe(expected);
        path.File.IsEmpty.ShouldBeTrue();
    }
}
