using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: field lines are read exactly as RFC 9112, section 5, has them.</summary>
public sealed class FieldScenarios : ParserFixture
{
    [TestCase("X:y", "X: y")]
    [TestCase("X: y", "X: y")]
    [TestCase("X: \t y \t ", "X: y")]
    [TestCase("X:", "X: ")]
    [TestCase("X: \t ", "X: ")]
    [TestCase("X: y z\tw", "X: y z\tw")]
    [TestCase("X: a:b", "X: a:b")]
    [TestCase("X: \u00e4\u00ff", "X: \u00e4\u00ff")]
    [TestCase("!#$%&'*+-.^_`|~9: y", "!#$%&'*+-.^_`|~9: y")]
    public void A_field_has_a_name_and_a_value_without_the_blanks_around_it(string line, string field)
    {
        GivenFields(line);
        WhenItIsParsed();
        ThenTheFieldsAre("Host: a", field);
    }

    [Test]
    public void Fields_keep_their_order_and_their_case()
    {
        GivenFields("B: 1", "a: 2", "b: 3");
        WhenItIsParsed();
        ThenTheFieldsAre("Host: a", "B: 1", "a: 2", "b: 3");
    }

    [TestCase("X : y")]
    [TestCase("X\t: y")]
    [TestCase("X y: z")]
    [TestCase(": y")]
    [TestCase("X")]
    [TestCase("X y")]
    [TestCase("X(: y")]
    [TestCase("\"X\": y")]
    [TestCase("\u00e4: y")]
    [TestCase("X\0: y")]
    [TestCase("X\u007f: y")]
    public void A_name_that_is_no_token_before_a_colon_is_refused(string line)
    {
        GivenFields(line);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase(" folded")]
    [TestCase("\tfolded")]
    [TestCase(" folded: x")]
    [TestCase(" ")]
    public void A_field_on_two_lines_is_refused(string continuation)
    {
        GivenFields("X: y", continuation);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase(" Host: a")]
    [TestCase("\tHost: a")]
    public void A_blank_before_the_first_field_is_refused(string line)
    {
        GivenBytes($"GET / HTTP/1.1\r\n{line}\r\n\r\n");
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [Test]
    public void A_value_may_hold_no_control_byte_but_a_tab([Range(0, 0x1F)] int code, [Values("", "z")] string after)
    {
        GivenFields($"X: y{(char)code}{after}");
        WhenItIsParsed();
        ThenOnlyATabPasses((char)code);
    }

    [Test]
    public void A_value_may_hold_no_DEL()
    {
        GivenFields("X: y\u007fz");
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("X: y\n")]
    [TestCase("X: y\r")]
    [TestCase("X: y\nZ: w")]
    [TestCase("X: y\rZ: w")]
    [TestCase("\r")]
    public void A_line_end_that_is_not_CR_LF_is_refused(string line)
    {
        GivenFields(line);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("GET / HTTP/1.1\r\nHost: a\r\n\n")]
    [TestCase("GET / HTTP/1.1\r\nHost: a\n\r\n")]
    [TestCase("GET / HTTP/1.1\r\nHost: a\r\n\r\r\n")]
    public void A_head_that_ends_without_CR_LF_is_refused(string bytes)
    {
        GivenBytes(bytes);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("If-Match", KnownField.IfMatch)]
    [TestCase("If-None-Match", KnownField.IfNoneMatch)]
    [TestCase("If-Modified-Since", KnownField.IfModifiedSince)]
    [TestCase("If-Unmodified-Since", KnownField.IfUnmodifiedSince)]
    [TestCase("If-Range", KnownField.IfRange)]
    [TestCase("Range", KnownField.Range)]
    [TestCase("Accept-Encoding", KnownField.AcceptEncoding)]
    [TestCase("User-Agent", KnownField.UserAgent)]
    [TestCase("Referer", KnownField.Referer)]
    [TestCase("Connection", KnownField.Connection)]
    [TestCase("Expect", KnownField.Expect)]
    public void A_known_field_is_found_in_any_case(string name, object field)
    {
        foreach (var spelt in (string[])[name, name.ToLowerInvariant(), name.ToUpperInvariant()])
            ValueOf((KnownField)field, $"{spelt}: v").ShouldBe("v");
    }

    [Test]
    public void Every_known_field_is_recognised_by_its_own_name()
    {
        foreach (var field in Enum.GetValues<KnownField>().Where(field => field != KnownField.Other))
            FieldName.Recognise(Encoding.ASCII.GetBytes(Hyphenated(field))).ShouldBe(field);
    }

    [TestCase("Hos")]
    [TestCase("Hosts")]
    [TestCase("If-Mutch")]
    [TestCase("Content_Length")]
    public void A_name_that_only_resembles_is_another(string name) =>
        FieldName.Recognise(Encoding.ASCII.GetBytes(name)).ShouldBe(KnownField.Other);

    [Test]
    public void A_field_that_came_twice_has_values_but_no_value()
    {
        var request = Parse("If-None-Match: \"a\"", "X: y", "if-none-match: \"b\"");
        request.CountOf(KnownField.IfNoneMatch).ShouldBe(2);
        request.TryGetField(KnownField.IfNoneMatch, out _).ShouldBeFalse();
        ValuesOf(request, KnownField.IfNoneMatch).ShouldBe(["\"a\"", "\"b\""]);
    }

    [Test]
    public void A_field_that_did_not_come_has_neither()
    {
        var request = Parse("X: y");
        request.Has(KnownField.Range).ShouldBeFalse();
        request.TryGetField(KnownField.Range, out _).ShouldBeFalse();
        ValuesOf(request, KnownField.Range).ShouldBeEmpty();
    }

    [Test]
    public void Any_field_is_found_by_its_name()
    {
        var request = Parse("Accept: text/html", "ACCEPT: image/png");
        request.TryGetFirst("accept"u8, out var accept).ShouldBeTrue();
        Encoding.ASCII.GetString(accept).ShouldBe("text/html");
        request.TryGetFirst("Origin"u8, out _).ShouldBeFalse();
    }

    [Test]
    public void The_parser_that_did_all_this_reads_the_next_request_as_if_it_were_the_first()
    {
        var (parser, request) = (new RequestParser(new()), new Request());
        ParseOne(parser, request, "POST /long?q HTTP/1.0\r\nContent-Length: 7\r\nConnection: keep-alive\r\n\r\n");
        ParseOne(parser, request, "GET / HTTP/1.1\r\nHost: b\r\n\r\n");
        (request.Method, request.MinorVersion, request.FieldCount).ShouldBe((Method.Get, 1, 1));
        (request.Body, request.Query.Length).ShouldBe((BodyFraming.None, 0));
    }

    // IfNoneMatch -> If-None-Match
    private static string Hyphenated(KnownField field) =>
        string.Concat(field.ToString().Select((c, at) => at > 0 && char.IsUpper(c) ? $"-{c}" : $"{c}"));

    private static void ParseOne(RequestParser parser, Request request, string text) =>
        parser.Parse(Encoding.ASCII.GetBytes(text), request).ShouldBe(ParseResult.Complete);

    private static Request Parse(params string[] fields)
    {
        var request = new Request();
        var text = string.Join("\r\n", ["GET / HTTP/1.1", "Host: a", .. fields, "", ""]);
        ParseOne(new RequestParser(new()), request, text);
        return request;
    }

    private static string ValueOf(KnownField field, string line)
    {
        Parse(line).TryGetField(field, out var value).ShouldBeTrue(line);
        return Encoding.ASCII.GetString(value);
    }

    private static List<string> ValuesOf(Request request, KnownField field)
    {
        var values = new List<string>();
        foreach (var value in request.ValuesOf(field))
            values.Add(Encoding.ASCII.GetString(value));
        return values;
    }

    private void ThenTheFieldsAre(params string[] fields)
    {
        ThenItIsComplete();
        Parsed.Fields.ShouldBe(string.Concat(fields.Select(field => field + "\n")));
    }

    private void ThenOnlyATabPasses(char control)
    {
        if (control == '\t')
            ThenItIsComplete();
        else
            ThenItIsRefusedWith(400);
    }
}
