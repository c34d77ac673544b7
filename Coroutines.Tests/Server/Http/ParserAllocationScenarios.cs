using Coroutines.Tests.Server.Files;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: nothing is allocated between the bytes of a request and its answer.</summary>
public sealed class ParserAllocationScenarios
{
    private const int Rounds = 1_000;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RequestParser parser = new(new());
    private readonly Request request = new();
    private readonly BodyReader body = new(new());

    private readonly ReadOnlyMemory<byte> browser = (byte[])
        [
            .. "GET /docs/index.html?a=b HTTP/1.1\r\nHost: [::1]:8080\r\nUser-Agent: Mozilla/5.0\r\n"u8,
            .. "Accept: text/html\r\nAccept-Encoding: gzip, br\r\nConnection: keep-alive\r\n"u8,
            .. "If-None-Match: \"a\", W/\"b\"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n"u8,
            .. "Referer: http://a/\r\nCookie: a=b\r\nExpect: 100-continue\r\nContent-Length: 5, 5\r\n\r\n"u8,
        ];

    private readonly ReadOnlyMemory<byte> malformed = "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"u8.ToArray();

    [Test]
    public void Parsing_a_request_allocates_nothing() => AllocatedBy(() => parser.Parse(browser, request)).ShouldBe(0);

    [Test]
    public void Parsing_byte_by_byte_allocates_nothing() => AllocatedBy(ParseByteByByte).ShouldBe(0);

    [Test]
    public void Refusing_a_request_allocates_nothing() => AllocatedBy(Refuse).ShouldBe(0);

    [Test]
    public void Reading_all_parts_of_a_request_allocates_nothing()
    {
        parser.Parse(browser, request).ShouldBe(ParseResult.Complete);
        AllocatedBy(ReadAllParts).ShouldBe(0);
    }

    [Test]
    public void Evaluating_conditions_allocates_nothing()
    {
        parser.Parse(browser, request).ShouldBe(ParseResult.Complete);
        var clock = new FixedClock(Now);
        EntityTag.TryParse("\"b\""u8.ToArray(), out var tag).ShouldBeTrue();
        AllocatedBy(() => Conditions.Evaluate(request, tag, Now, clock)).ShouldBe(0);
    }

    [Test]
    public void Skipping_chunks_allocates_nothing() => AllocatedBy(SkipChunks).ShouldBe(0);

    private void ParseByteByByte()
    {
        for (var length = 0; length <= browser.Length; length++)
            parser.Parse(browser[..length], request);
    }

    private void Refuse()
    {
        parser.Parse(malformed, request);
        parser.Reset();
    }

    private void ReadAllParts()
    {
        var bytes = request.Path.Length + request.Query.Length + request.Authority.Length;
        foreach (var field in request.Fields)
            bytes += field.Name.Length + field.Value.Length;
        foreach (var value in request.ValuesOf(KnownField.AcceptEncoding))
            bytes += value.Length;
        if (!request.TryGetFirst("cookie"u8, out _) || bytes == 0)
            throw new InvalidOperationException("The request must have a cookie.");
    }

    private void SkipChunks()
    {
        body.Start(BodyFraming.Chunked);
        body.Read("5;a=b\r\nabcde\r\n0\r\nX: y\r\n\r\n"u8, out _);
    }

    private static long AllocatedBy(Action action)
    {
        action();
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
            action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
