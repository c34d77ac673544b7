namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a content of announced length is skipped to its last byte (RFC 9112, section 6.2).</summary>
public sealed class BodyScenarios : BodyFixture
{
    [Test]
    public void No_content_ends_at_once()
    {
        GivenNoContent("GET /");
        WhenItIsRead();
        ThenItEndsAfter(0);
    }

    [Test]
    public void A_content_of_length_zero_ends_at_once()
    {
        GivenAContentOf(0, "GET /");
        WhenItIsRead();
        ThenItEndsAfter(0);
    }

    [TestCase("12345")]
    [TestCase("12345GET /")]
    public void A_content_ends_after_its_length(string bytes)
    {
        GivenAContentOf(5, bytes);
        WhenItIsRead();
        ThenItEndsAfter(5);
    }

    [TestCase("")]
    [TestCase("1234")]
    public void A_content_is_incomplete_before_its_length(string bytes)
    {
        GivenAContentOf(5, bytes);
        WhenItIsRead();
        ThenItIsIncomplete();
    }
}
