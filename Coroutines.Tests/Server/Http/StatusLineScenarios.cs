using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: status lines are ready to send (RFC 9112, section 4).</summary>
public sealed class StatusLineScenarios
{
    [Test]
    public void Each_status_has_its_line_and_phrase(
        [Values(
            200,
            204,
            206,
            301,
            304,
            308,
            400,
            403,
            404,
            405,
            406,
            408,
            411,
            412,
            413,
            414,
            415,
            416,
            417,
            421,
            431,
            500,
            501,
            503,
            505
        )]
            int status
    )
    {
        var phrase = Encoding.ASCII.GetString(StatusLine.PhraseOf(status));
        phrase.ShouldNotBeEmpty();
        Encoding.ASCII.GetString(StatusLine.Of(status)).ShouldBe($"HTTP/1.1 {status} {phrase}\r\n");
    }

    [TestCase(404, "Not Found")]
    [TestCase(413, "Content Too Large")]
    public void The_phrase_is_that_of_RFC_9110(int status, string phrase) =>
        Encoding.ASCII.GetString(StatusLine.PhraseOf(status)).ShouldBe(phrase);

    [Test]
    public void A_status_this_server_does_not_have_is_a_callers_mistake() =>
        Should.Throw<ArgumentOutOfRangeException>(() => StatusLine.Of(299).Length);
}
