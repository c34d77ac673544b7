using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>All that a parse came to, as text and numbers: two of them can be compared.</summary>
internal sealed record ParsedRequest
{
    public required ParseResult Result { get; init; }
    public int Status { get; init; }
    public string Reason { get; init; } = "";
    public Method Method { get; init; }
    public string MethodToken { get; init; } = "";
    public TargetForm TargetForm { get; init; }
    public string Target { get; init; } = "";
    public string Path { get; init; } = "";
    public string Query { get; init; } = "";
    public string Authority { get; init; } = "";
    public int MinorVersion { get; init; }
    public bool KeepAlive { get; init; }
    public BodyFraming Body { get; init; }
    public Expectation Expectation { get; init; }
    public bool ExpectsContinue { get; init; }
    public int HeadBytes { get; init; }

    /// <summary>One line per field: <c>name: value</c>.</summary>
    public string Fields { get; init; } = "";

    /// <summary>Delivers the bytes, each time in a buffer of its own, until the parser has decided.</summary>
    public static ParsedRequest From(ReadOnlySpan<byte> bytes, int[] deliveries, RequestLimits limits)
    {
        var parser = new RequestParser(limits);
        var request = new Request();
        var result = ParseResult.Incomplete;
        var lengths = ((int[])[0, .. deliveries]).AsSpan();
        for (; !lengths.IsEmpty && result == ParseResult.Incomplete; lengths = lengths[1..])
            result = parser.Parse(bytes[..lengths[0]].ToArray(), request);
        return Describe(result, parser.Refusal, request);
    }

    private static ParsedRequest Describe(ParseResult result, Refusal refusal, Request request) =>
        result switch
        {
            ParseResult.Complete => Describe(request),
            ParseResult.Refused => new()
            {
                Result = result,
                Status = refusal.Status,
                Reason = refusal.Reason,
            },
            _ => new() { Result = result },
        };

    private static ParsedRequest Describe(Request request) =>
        new()
        {
            Result = ParseResult.Complete,
            Method = request.Method,
            MethodToken = Text(request.MethodToken),
            TargetForm = request.TargetForm,
            Target = Text(request.Target),
            Path = Text(request.Path),
            Query = Text(request.Query),
            Authority = Text(request.Authority),
            MinorVersion = request.MinorVersion,
            KeepAlive = request.KeepAlive,
            Body = request.Body,
            Expectation = request.Expectation,
            ExpectsContinue = request.ExpectsContinue,
            HeadBytes = request.HeadBytes,
            Fields = DescribeFields(request),
        };

    private static string DescribeFields(Request request)
    {
        var text = new StringBuilder();
        foreach (var field in request.Fields)
            text.Append(Text(field.Name)).Append(": ").Append(Text(field.Value)).Append('\n');
        return text.ToString();
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
