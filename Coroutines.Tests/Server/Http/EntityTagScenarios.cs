using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: entity tags are read and compared as RFC 9110, section 8.8.3, has it.</summary>
public sealed class EntityTagScenarios
{
    // The table of section 8.8.3.2.
    [TestCase("W/\"1\"", "W/\"1\"", false, true)]
    [TestCase("W/\"1\"", "W/\"2\"", false, false)]
    [TestCase("W/\"1\"", "\"1\"", false, true)]
    [TestCase("\"1\"", "W/\"1\"", false, true)]
    [TestCase("\"1\"", "\"1\"", true, true)]
    [TestCase("\"1\"", "\"2\"", false, false)]
    [TestCase("\"\"", "\"\"", true, true)]
    [TestCase("\"a\"", "\"A\"", false, false)]
    [TestCase("\"W/1\"", "W/\"1\"", false, false)]
    public void Two_tags_are_compared_strongly_and_weakly(string one, string other, bool strong, bool weak)
    {
        Tag(one).Equals(Tag(other), TagComparison.Strong).ShouldBe(strong);
        Tag(one).Equals(Tag(other), TagComparison.Weak).ShouldBe(weak);
    }

    [TestCase("\"\"", false)]
    [TestCase("\"a,b;c'W/d\u00e4!\"", false)]
    [TestCase("W/\"\"", true)]
    public void A_tag_is_opaque_between_its_quotes(string text, bool weak)
    {
        var tag = Tag(text);
        Encoding.Latin1.GetString(tag.Text.Span).ShouldBe(text);
        tag.IsWeak.ShouldBe(weak);
    }

    [TestCase("")]
    [TestCase("a")]
    [TestCase("\"")]
    [TestCase("\"a")]
    [TestCase("a\"")]
    [TestCase("W/")]
    [TestCase("W/a")]
    [TestCase("W/\"")]
    [TestCase("w/\"a\"")]
    [TestCase("W\"a\"")]
    [TestCase("W/ \"a\"")]
    [TestCase("\"a\"b")]
    [TestCase("\"a\"b\"")]
    [TestCase("\"a\" ")]
    [TestCase("'a'")]
    [TestCase("\"a\tb\"")]
    [TestCase("\"a b\"")]
    [TestCase("\"a\u007fb\"")]
    [TestCase("*")]
    public void A_malformed_tag_is_no_tag(string text)
    {
        TryParse(text, out var tag).ShouldBeFalse();
        tag.IsNone.ShouldBeTrue();
    }

    [TestCase("\"a\", \"b\"", 3)]
    [TestCase("W/\"a\",", 5)]
    [TestCase("\"a,b\"", 5)]
    public void A_tag_is_measured_where_others_follow(string text, int length) =>
        EntityTag.Measure(Encoding.Latin1.GetBytes(text)).ShouldBe(length);

    [Test]
    public void No_tag_equals_nothing()
    {
        EntityTag none = default;
        none.Equals(none, TagComparison.Weak).ShouldBeFalse();
        none.Equals(Tag("\"\""), TagComparison.Weak).ShouldBeFalse();
        Tag("\"\"").Equals(none, TagComparison.Weak).ShouldBeFalse();
    }

    private static EntityTag Tag(string text)
    {
        TryParse(text, out var tag).ShouldBeTrue(text);
        return tag;
    }

    private static bool TryParse(string text, out EntityTag tag) =>
        EntityTag.TryParse(Encoding.Latin1.GetBytes(text), out tag);
}
