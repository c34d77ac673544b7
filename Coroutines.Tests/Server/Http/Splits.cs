namespace Coroutines.Tests.Server.Http;

/// <summary>All the ways in which a scenario delivers its bytes: whole, byte by byte, and in two parts split at every
/// position. A way is the list of how many bytes have come by each delivery; the last one is all of them.</summary>
internal static class Splits
{
    public static IEnumerable<int[]> Of(int length) =>
        [
            Whole(length),
            ByteByByte(length),
            .. Enumerable.Range(1, Math.Max(0, length - 1)).Select(at => InTwo(at, length)),
        ];

    public static int[] Whole(int length) => [length];

    public static int[] ByteByByte(int length) => [.. Enumerable.Range(1, length)];

    /// <summary>Split at positions that may repeat and come in any order, as a generator makes them.</summary>
    public static int[] At(IEnumerable<int> positions, int length) =>
        [.. positions.Select(position => position % (length + 1)).Order(), length];

    public static string Describe(int[] deliveries) => $"delivered up to {string.Join(", ", deliveries.Take(20))}";

    private static int[] InTwo(int at, int length) => [at, length];
}
