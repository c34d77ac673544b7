using System.Buffers;

namespace Server.Host.AccessLogs;

/// <summary>Bytes that a client chose, as they stand in a log: so that nobody can forge a line, a value or a terminal's
/// command.</summary>
/// <remarks>Printable ASCII but quotes and backslashes stands as it is, anything else as <c>\xhh</c>, as nginx writes it. So
/// the result is ASCII, and says each byte, valid UTF-8 or not.</remarks>
internal static class LoggedBytes
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(value => (byte)value).Except("\"\\"u8.ToArray()),
    ]);

    /// <summary>How many bytes stand as they are before the first that can't.</summary>
    public static int PlainLengthOf(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOfAnyExcept(Plain) is >= 0 and var first ? first : bytes.Length;
}
