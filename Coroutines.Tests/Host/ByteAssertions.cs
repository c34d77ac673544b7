namespace Coroutines.Tests.Host;

/// <summary>Compares megabytes in no time, and names the first difference only.</summary>
[ShouldlyMethods]
internal static class ByteAssertions
{
    public static void ShouldBeBytes(this byte[] actual, byte[] expected)
    {
        var same = actual.AsSpan().CommonPrefixLength(expected);
        if (same < Math.Max(actual.Length, expected.Length))
            Assert.Fail($"{actual.Length} bytes should be {expected.Length} others; they are equal up to {same}.");
    }
}
