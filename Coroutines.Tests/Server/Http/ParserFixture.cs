using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>What the parser's scenarios have in common. Each request is parsed in all the ways of <see cref="Splits"/>,
/// and must come to the same each time.</summary>
public abstract class ParserFixture
{
    private byte[] bytes = [];

    private protected RequestLimits Limits { get; set; } = new();

    private protected ParsedRequest Parsed { get; private set; } = null!;

    /// <summary>Bytes as they come; each character is one byte.</summary>
    private protected void GivenBytes(string text) => bytes = Encoding.Latin1.GetBytes(text);

    /// <summary>A request of these lines, to which line ends, a Host and the empty line are added.</summary>
    private protected void GivenARequest(string requestLine, params string[] fields) =>
        GivenBytes(string.Join("\r\n", [requestLine, "Host: a", .. fields, "", ""]));

    /// <summary>The same for a GET of '/'.</summary>
    private protected void GivenFields(params string[] fields) => GivenARequest("GET / HTTP/1.1", fields);

    private protected void WhenItIsParsed()
    {
        Parsed = ParsedRequest.From(bytes, Splits.Whole(bytes.Length), Limits);
        foreach (var split in Splits.Of(bytes.Length))
            ParsedRequest.From(bytes, split, Limits).ShouldBe(Parsed, Splits.Describe(split));
    }

    private protected void ThenItIsComplete() => Parsed.Result.ShouldBe(ParseResult.Complete, Parsed.Reason);

    private protected void ThenItIsIncomplete() => Parsed.Result.ShouldBe(ParseResult.Incomplete, Parsed.Reason);

    private protected void ThenItIsRefusedWith(int status)
    {
        Parsed.Result.ShouldBe(ParseResult.Refused);
        Parsed.Status.ShouldBe(status, Parsed.Reason);
    }

    private protected void ThenTheReasonSays(string words) => Parsed.Reason.ShouldContain(words);
}
