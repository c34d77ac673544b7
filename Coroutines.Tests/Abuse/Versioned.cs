using System.Buffers.Text;
using System.Text;

namespace Coroutines.Tests.Abuse;

/// <summary>A content that says in every line which version it is, how long that is, and where in it the line stands: so
/// whoever has a part of it can tell whether the part is of one piece.</summary>
internal static class Versioned
{
    /// <summary>How long a line is, its end included. Parts are whole lines.</summary>
    public const int LineBytes = 32;

    /// <summary>The content of a version.</summary>
    public static byte[] Content(int version, int lines)
    {
        var content = new StringBuilder(lines * LineBytes);
        for (var line = 0; line < lines; line++)
            content.Append(Line(version, lines, line));
        return Encoding.ASCII.GetBytes(content.ToString());
    }

    /// <summary>Which version a whole content is.</summary>
    /// <exception cref="InvalidDataException">It is of no version, or of more than one.</exception>
    public static int VersionOf(ReadOnlySpan<byte> content)
    {
        var version = VersionOf(content, firstLine: 0, out var lines);
        return lines * LineBytes == content.Length
            ? version
            : throw new InvalidDataException($"{content.Length} bytes say that they are {lines} lines.");
    }

    /// <summary>Which version a part is.</summary>
    /// <param name="part">Some lines.</param>
    /// <param name="firstLine">Where the part begins.</param>
    /// <param name="lines">How many lines that version has in all.</param>
    /// <exception cref="InvalidDataException">It is of no version, or of more than one.</exception>
    public static int VersionOf(ReadOnlySpan<byte> part, int firstLine, out int lines)
    {
        if (
            !Utf8Parser.TryParse(part, out int version, out var read)
            || !Utf8Parser.TryParse(part[(read + 1)..], out lines, out _)
        )
            throw new InvalidDataException(
                $"No version: '{Encoding.Latin1.GetString(part[..Math.Min(80, part.Length)])}'."
            );
        var expected = (Span<byte>)stackalloc byte[LineBytes];
        Encoding.ASCII.GetBytes(Line(version, lines, 0), expected);
        var number = expected[^11..^1];
        for (var at = 0; at < part.Length; at += LineBytes)
        {
            _ = Utf8Formatter.TryFormat(firstLine + at / LineBytes, number, out _, new('D', 10));
            if (!part[at..].StartsWith(expected))
                throw new InvalidDataException(
                    $"Begins as version {version} of {lines} lines; at {at} of {part.Length} bytes: "
                        + $"'{Encoding.Latin1.GetString(part[at..Math.Min(at + LineBytes, part.Length)])}'."
                );
        }
        return version;
    }

    private static string Line(int version, int lines, int line) => $"{version:D10} {lines:D9} {line:D10}\n";
}
