using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>What the scenarios of contents have in common. Each content is read in all the ways of
/// <see cref="Splits"/>, and must come to the same each time.</summary>
public abstract class BodyFixture
{
    private BodyFraming framing;
    private byte[] bytes = [];
    private ReadBody read = null!;

    private protected RequestLimits Limits { get; set; } = new();

    private protected void GivenChunks(string text) => (framing, bytes) = (BodyFraming.Chunked, Bytes(text));

    private protected void GivenAContentOf(long length, string text) =>
        (framing, bytes) = (BodyFraming.Of(length), Bytes(text));

    private protected void GivenNoContent(string text) => (framing, bytes) = (BodyFraming.None, Bytes(text));

    private protected void WhenItIsRead()
    {
        read = ReadBody.From(bytes, Splits.Whole(bytes.Length), framing, Limits);
        foreach (var split in Splits.Of(bytes.Length))
            ReadBody.From(bytes, split, framing, Limits).ShouldBe(read, Splits.Describe(split));
    }

    private protected void ThenItEndsAfter(int consumed) => read.ShouldBe(new(BodyResult.Complete, 0, consumed));

    private protected void ThenItIsIncomplete() => read.ShouldBe(new(BodyResult.Incomplete, 0, bytes.Length));

    private protected void ThenItIsRefusedWith(int status) => read.ShouldBe(new(BodyResult.Refused, status, 0));

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
