using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: Cache-Control by the path of a file, and patterns that name it.</summary>
public sealed class CacheRulesScenarios
{
    [TestCase("*.css", "a.css", true)]
    [TestCase("*.css", "deep/er/a.css", true)]
    [TestCase("*.css", "a.css/index.html", false)]
    [TestCase("*.css", "a.CSS", false)]
    [TestCase("*", "deep/er/a.css", true)]
    [TestCase("**", "deep/er/a.css", true)]
    [TestCase("index.html", "docs/index.html", true)]
    [TestCase("index.html", "docs/xindex.html", false)]
    [TestCase("/index.html", "docs/index.html", false)]
    [TestCase("/index.html", "index.html", true)]
    [TestCase("docs/*", "docs/a.css", true)]
    [TestCase("/docs/*", "docs/a.css", true)]
    [TestCase("/docs/*", "docs/deep/a.css", false)]
    [TestCase("/docs/**", "docs/deep/er/a.css", true)]
    [TestCase("/docs/**", "docs", false)]
    [TestCase("/**/a.css", "a.css", true)]
    [TestCase("/**/a.css", "deep/er/a.css", true)]
    [TestCase("/**/a.css", "deep/era.css", false)]
    [TestCase("/x/**/*.css", "x/a.css", true)]
    [TestCase("/x/**/*.css", "x/y/z/a.css", true)]
    [TestCase("/x/**/*.css", "y/x/a.css", false)]
    [TestCase("?.css", "a.css", true)]
    [TestCase("?.css", "ä.css", true)]
    [TestCase("?.css", "ab.css", false)]
    [TestCase("/a?b", "a/b", false)]
    [TestCase("*.??????.js", "app.3f2a9c.js", true)]
    [TestCase("a*b*c", "axxbxxc", true)]
    [TestCase("a*b*c", "axxbxx", false)]
    [TestCase("a.c", "abc", false)]
    public void A_pattern_matches(string pattern, string path, bool matches) =>
        new Glob(pattern).Matches(Encoding.UTF8.GetBytes(path)).ShouldBe(matches);

    [Test]
    public void A_pattern_takes_no_more_steps_than_its_length_times_that_of_the_path() =>
        new Glob(string.Concat(Enumerable.Repeat("*a", 100)))
            .Matches(Encoding.UTF8.GetBytes(new string('a', 4_000) + "b"))
            .ShouldBeFalse();

    [Test]
    public void By_default_a_client_asks_each_time()
    {
        ValueFor("index.html").ShouldBe("no-cache");
        ValueFor("app.3f2a9c1b.js").ShouldBe("no-cache");
    }

    [Test]
    public void The_last_rule_that_matches_counts()
    {
        string[] rules = ["**=max-age=60", "/assets/**=public, max-age=31536000, immutable", "*.map=no-store"];
        ValueFor("index.html", rules).ShouldBe("max-age=60");
        ValueFor("assets/app.js", rules).ShouldBe("public, max-age=31536000, immutable");
        ValueFor("assets/app.js.map", rules).ShouldBe("no-store");
    }

    [Test]
    public void A_rule_can_take_the_field_away() => ValueFor("a", "**=off").ShouldBeEmpty();

    [TestCase("*.css=max-age=0")]
    [TestCase("*.css=max-age=2147483647")]
    [TestCase("*.css = private , no-transform")]
    [TestCase("/a/**=public,s-maxage=10,stale-while-revalidate=5,stale-if-error=5")]
    [TestCase("**=off")]
    [TestCase("*=No-Cache, MUST-REVALIDATE, Max-Age=0")]
    [TestCase("*=no-store, no-cache, must-revalidate, private, max-age=0")]
    [TestCase("*=must-understand, no-store, public, max-age=60")]
    [TestCase("*=public, no-cache")]
    [TestCase("*=private, max-age=60, stale-while-revalidate=60")]
    [TestCase("*=must-revalidate, max-age=60, stale-if-error=0")]
    [TestCase("*=private=\"set-cookie\"")]
    [TestCase("*=private=\"a, b\", public, max-age=60")]
    [TestCase("*=max-age=60, no-cache=\"set-cookie,x-b\"")]
    public void A_rule_is_taken(string rule) => CacheRules.WhyNot(rule).ShouldBeNull();

    [TestCase("*.css", "has no '=' between its pattern and its value")]
    [TestCase("=no-cache", "has no pattern before the '='")]
    [TestCase("*.css=", "has an empty directive")]
    [TestCase("*.css=public,,private", "has an empty directive")]
    [TestCase("*.css=max_age=60", "has the unknown directive 'max_age=60'")]
    [TestCase("*.css=forever", "has the unknown directive 'forever'")]
    [TestCase("*.css=max-age", "has 'max-age' without its seconds")]
    [TestCase("*.css=max-age=1h", "must have 0 to 2147483647 seconds in 'max-age=1h'")]
    [TestCase("*.css=max-age=-1", "must have 0 to 2147483647 seconds in 'max-age=-1'")]
    [TestCase("*.css=max-age=2147483648", "must have 0 to 2147483647 seconds in 'max-age=2147483648'")]
    [TestCase("*.css=no-cache\r\nX: y", "has the unknown directive 'no-cache\r\nX: y'")]
    [TestCase("*=public=a", "has the unknown directive 'public=a'")]
    [TestCase("*=max-age=\"5\"", "must have 0 to 2147483647 seconds in 'max-age=\"5\"'")]
    [TestCase("*=private=a", "must have names of fields, in quotes, in 'private=a'")]
    [TestCase("*=no-cache=", "must have names of fields, in quotes, in 'no-cache='")]
    [TestCase("*=no-cache=\"\"", "must have names of fields, in quotes, in 'no-cache=\"\"'")]
    [TestCase("*=no-cache=\"a,,b\"", "must have names of fields, in quotes, in 'no-cache=\"a,,b\"'")]
    [TestCase("*=no-cache=\"a b\"", "must have names of fields, in quotes, in 'no-cache=\"a b\"'")]
    [TestCase("*=no-cache=\"a, public", "must have names of fields, in quotes, in 'no-cache=\"a, public'")]
    [TestCase("*=no-cache=\"a\"b, public", "must have names of fields, in quotes, in 'no-cache=\"a\"b'")]
    public void What_is_no_rule_is_told(string rule, string why) => CacheRules.WhyNot(rule).ShouldBe(why);

    [TestCase("no-store, immutable", "says both 'no-store' and 'immutable'")]
    [TestCase("public, max-age=60, no-store", "says both 'no-store' and 'public'")]
    [TestCase("max-age=60, NO-STORE", "says both 'no-store' and 'max-age'")]
    [TestCase("public, private", "says both 'private' and 'public'")]
    [TestCase("private, s-maxage=60", "says both 'private' and 's-maxage'")]
    [TestCase("no-cache, max-age=60", "says both 'no-cache' and 'max-age'")]
    [TestCase("no-cache, immutable", "says both 'no-cache' and 'immutable'")]
    [TestCase("must-revalidate, max-age=60, stale-if-error=60", "says both 'must-revalidate' and 'stale-if-error'")]
    [TestCase("max-age=60, max-age=0", "says 'max-age' twice")]
    [TestCase("no-cache, max-age=0, No-Cache=\"a\"", "says 'no-cache' twice")]
    [TestCase("must-understand, max-age=60", "says 'must-understand' without the 'no-store' for who doesn't know it")]
    public void What_contradicts_itself_is_told(string value, string why) =>
        CacheRules.WhyNot("*=" + value).ShouldBe(why);

    private static string ValueFor(string path, params string[] rules) =>
        Encoding.ASCII.GetString(new CacheRules(rules).ValueFor(Encoding.UTF8.GetBytes(path)).Span);
}
