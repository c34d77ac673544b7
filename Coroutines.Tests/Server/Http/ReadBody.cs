using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>What reading a content came to.</summary>
/// <param name="Consumed">How many bytes belonged to it; 0 if refused, where it means nothing.</param>
internal sealed record ReadBody(BodyResult Result, int Status, int Consumed)
{
    public static ReadBody From(ReadOnlySpan<byte> bytes, int[] deliveries, BodyFraming framing, RequestLimits limits)
    {
        var reader = new BodyReader(limits);
        reader.Start(framing);
        var (result, total) = (reader.Read([], out _), 0);
        foreach (var delivered in deliveries)
        {
            if (result != BodyResult.Incomplete)
                break;
            result = reader.Read(bytes[total..delivered], out var consumed);
            total += consumed;
        }
        return new(result, reader.Refusal.Status, result == BodyResult.Refused ? 0 : total);
    }
}
