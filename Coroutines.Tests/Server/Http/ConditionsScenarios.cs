using System.Text;
using Coroutines.Tests.Server.Files;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: conditions come in the order of RFC 9110, section 13.2.2.</summary>
/// <remarks>The representation has the tag <c>"now"</c> and was modified on 1 March 2026 at noon, and a bit.</remarks>
public sealed class ConditionsScenarios
{
    private const string Earlier = "Sun, 01 Mar 2026 11:59:59 GMT";
    private const string Same = "Sun, 01 Mar 2026 12:00:00 GMT";
    private const string Later = "Sun, 01 Mar 2026 12:00:01 GMT";
    private const string Known = "\"now\"";
    private const string Other = "\"then\"";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private string tag = Known;
    private DateTimeOffset? modified = Noon.AddMilliseconds(900);
    private DateTimeOffset now = Noon.AddHours(1);
    private Request request = new();

    [Test]
    public void Without_conditions_it_proceeds() => Evaluate("GET").ShouldBe(ConditionResult.Proceed);

    [TestCase(Known, true)]
    [TestCase(Other, false)]
    [TestCase("W/" + Known, false)]
    [TestCase(Other + ", " + Known, true)]
    [TestCase(Other + "," + Known + ",,", true)]
    [TestCase(", ,\t" + Known, true)]
    [TestCase("*", true)]
    [TestCase("", false)]
    [TestCase("now", false)]
    [TestCase(Known + " " + Known, false)]
    [TestCase(Known + ", then", false)]
    [TestCase("then, " + Known, false)]
    [TestCase(Known + ", *", false)]
    [TestCase("**", false)]
    [TestCase(Known + "x", false)]
    public void If_Match_compares_strongly(string value, bool matches)
    {
        foreach (var method in (string[])["GET", "PUT", "DELETE"])
            Evaluate(method, "If-Match: " + value)
                .ShouldBe(matches ? ConditionResult.Proceed : ConditionResult.PreconditionFailed);
    }

    [TestCase(Known, true)]
    [TestCase(Other, false)]
    [TestCase("W/" + Known, true)]
    [TestCase("w/" + Known, false)]
    [TestCase(Other + ", W/" + Known, true)]
    [TestCase("\"a,b\", " + Known, true)]
    [TestCase("\"a, " + Known, false)]
    [TestCase("*", true)]
    [TestCase("", false)]
    [TestCase(Known + ", then", false)]
    [TestCase("*, " + Known, false)]
    public void If_None_Match_compares_weakly(string value, bool matches)
    {
        Evaluate("GET", "If-None-Match: " + value).ShouldBe(Known304(matches));
        Evaluate("HEAD", "If-None-Match: " + value).ShouldBe(Known304(matches));
        Evaluate("PUT", "If-None-Match: " + value)
            .ShouldBe(matches ? ConditionResult.PreconditionFailed : ConditionResult.Proceed);
    }

    [Test]
    public void A_list_may_be_spread_over_lines()
    {
        Evaluate("GET", "If-None-Match: " + Other, "If-None-Match: " + Known).ShouldBe(ConditionResult.NotModified);
        Evaluate("GET", "If-Match: " + Other, "If-Match: " + Known).ShouldBe(ConditionResult.Proceed);
    }

    [Test]
    public void A_list_with_one_malformed_line_holds_no_tag() =>
        Evaluate("GET", "If-None-Match: " + Known, "If-None-Match: now").ShouldBe(ConditionResult.Proceed);

    [Test]
    public void An_asterisk_beside_other_lines_holds_no_tag() =>
        Evaluate("GET", "If-None-Match: *", "If-None-Match: *").ShouldBe(ConditionResult.Proceed);

    [TestCase(Earlier, false)]
    [TestCase(Same, true)]
    [TestCase(Later, true)]
    [TestCase("Sunday, 01-Mar-26 12:00:00 GMT", true)]
    [TestCase("Sun Mar  1 12:00:00 2026", true)]
    [TestCase("yesterday", false)]
    [TestCase("", false)]
    public void If_Modified_Since_compares_whole_seconds(string date, bool known)
    {
        Evaluate("GET", "If-Modified-Since: " + date).ShouldBe(Known304(known));
        Evaluate("HEAD", "If-Modified-Since: " + date).ShouldBe(Known304(known));
        Evaluate("POST", "If-Modified-Since: " + date).ShouldBe(ConditionResult.Proceed);
    }

    [TestCase(Earlier, true)]
    [TestCase(Same, false)]
    [TestCase(Later, false)]
    [TestCase("tomorrow", false)]
    public void If_Unmodified_Since_compares_whole_seconds(string date, bool fails)
    {
        foreach (var method in (string[])["GET", "PUT"])
            Evaluate(method, "If-Unmodified-Since: " + date)
                .ShouldBe(fails ? ConditionResult.PreconditionFailed : ConditionResult.Proceed);
    }

    [Test]
    public void A_date_that_came_twice_is_ignored()
    {
        Evaluate("GET", "If-Modified-Since: " + Same, "If-Modified-Since: " + Same).ShouldBe(ConditionResult.Proceed);
        Evaluate("GET", "If-Unmodified-Since: " + Earlier, "If-Unmodified-Since: " + Earlier)
            .ShouldBe(ConditionResult.Proceed);
    }

    [Test]
    public void Without_a_date_of_its_own_dates_are_ignored()
    {
        modified = null;
        Evaluate("GET", "If-Modified-Since: " + Later).ShouldBe(ConditionResult.Proceed);
        Evaluate("GET", "If-Unmodified-Since: " + Earlier).ShouldBe(ConditionResult.Proceed);
    }

    [Test]
    public void Without_a_tag_of_its_own_only_an_asterisk_matches()
    {
        tag = "";
        Evaluate("GET", "If-None-Match: \"\"").ShouldBe(ConditionResult.Proceed);
        Evaluate("GET", "If-None-Match: *").ShouldBe(ConditionResult.NotModified);
    }

    [TestCase(ConditionResult.Proceed, "If-Match: " + Known, "If-Unmodified-Since: " + Earlier)]
    [TestCase(ConditionResult.PreconditionFailed, "If-Match: " + Other, "If-Unmodified-Since: " + Later)]
    [TestCase(ConditionResult.Proceed, "If-None-Match: " + Other, "If-Modified-Since: " + Later)]
    [TestCase(ConditionResult.Proceed, "If-None-Match: now", "If-Modified-Since: " + Later)]
    [TestCase(ConditionResult.NotModified, "If-None-Match: " + Known, "If-Modified-Since: " + Earlier)]
    [TestCase(ConditionResult.PreconditionFailed, "If-Match: " + Other, "If-None-Match: " + Known)]
    [TestCase(ConditionResult.NotModified, "If-Match: " + Known, "If-None-Match: " + Known)]
    [TestCase(ConditionResult.NotModified, "If-Match: *", "If-Modified-Since: " + Same)]
    [TestCase(ConditionResult.PreconditionFailed, "If-Unmodified-Since: " + Earlier, "If-None-Match: " + Known)]
    [TestCase(ConditionResult.NotModified, "If-Unmodified-Since: " + Later, "If-None-Match: " + Known)]
    [TestCase(ConditionResult.NotModified, "If-Unmodified-Since: " + Same, "If-Modified-Since: " + Same)]
    public void One_condition_comes_before_another(object result, params string[] fields)
    {
        Evaluate("GET", fields).ShouldBe((ConditionResult)result);
        Evaluate("GET", [.. fields.Reverse()]).ShouldBe((ConditionResult)result);
    }

    [TestCase(Known, true)]
    [TestCase(Other, false)]
    [TestCase("W/" + Known, false)]
    [TestCase(Known + ", " + Known, false)]
    [TestCase("*", false)]
    [TestCase("", false)]
    [TestCase("now", false)]
    [TestCase(Earlier, false)]
    [TestCase(Same, true)]
    [TestCase(Later, false)]
    [TestCase("Sun Mar  1 12:00:00 2026", true)]
    public void If_Range_must_name_exactly_this_representation(string value, bool allowed) =>
        AllowsRange("If-Range: " + value).ShouldBe(allowed);

    [Test]
    public void A_range_without_If_Range_is_allowed() => AllowsRange("Range: bytes=0-1").ShouldBeTrue();

    [Test]
    public void An_If_Range_that_came_twice_allows_none() =>
        AllowsRange("If-Range: " + Known, "If-Range: " + Known).ShouldBeFalse();

    [Test]
    public void A_weak_tag_allows_no_range()
    {
        tag = "W/" + Known;
        AllowsRange("If-Range: " + tag).ShouldBeFalse();
    }

    [TestCase(0, false)]
    [TestCase(999, false)]
    [TestCase(1_000, true)]
    public void A_date_is_strong_once_its_second_is_over(int milliseconds, bool allowed)
    {
        now = Noon.AddMilliseconds(milliseconds);
        AllowsRange("If-Range: " + Same).ShouldBe(allowed);
    }

    private static ConditionResult Known304(bool known) =>
        known ? ConditionResult.NotModified : ConditionResult.Proceed;

    private ConditionResult Evaluate(string method, params string[] fields)
    {
        Parse(method, fields);
        return Conditions.Evaluate(request, Tag(), modified, new FixedClock(now));
    }

    private bool AllowsRange(params string[] fields)
    {
        Parse("GET", fields);
        return Conditions.AllowRange(request, Tag(), modified, new FixedClock(now));
    }

    private void Parse(string method, string[] fields)
    {
        request = new();
        var text = string.Join("\r\n", [$"{method} / HTTP/1.1", "Host: a", .. fields, "", ""]);
        new RequestParser(new()).Parse(Encoding.ASCII.GetBytes(text), request).ShouldBe(ParseResult.Complete);
    }

    private EntityTag Tag() => EntityTag.TryParse(Encoding.ASCII.GetBytes(tag), out var parsed) ? parsed : default;
}
