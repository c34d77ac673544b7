using System.Buffers.Text;

namespace Server.Host.Http;

/// <summary>Writes and reads the dates of RFC 9110, section 5.6.7. They are in UTC and of whole seconds.</summary>
/// <remarks>Reading takes all three formats and is exact about their syntax. It does not compare the name of the day
/// with the date.</remarks>
internal static class HttpDate
{
    /// <summary>The length of what <see cref="Format"/> writes: <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</summary>
    public const int LengthBytes = 29;

    private const int AscTimeBytes = 24;

    /// <summary>Writes the IMF-fixdate of a moment; parts of a second are cut off.</summary>
    /// <param name="moment">Any moment, with any offset.</param>
    /// <param name="destination">At least <see cref="LengthBytes"/> long.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than that.</exception>
    public static void Format(DateTimeOffset moment, Span<byte> destination)
    {
        if (!Utf8Formatter.TryFormat(moment, destination, out _, 'R'))
            throw new ArgumentException($"A date needs {LengthBytes} bytes, but there were {destination.Length}.");
    }

    /// <summary>Reads a date in any of the three formats.</summary>
    /// <param name="text">The field value, without blanks around it.</param>
    /// <param name="now">Decides the century of a two-digit year: the latest that is at most 50 years ahead.</param>
    /// <param name="moment">The date; default if it is malformed.</param>
    /// <returns>False if the text is malformed, or names no day of the calendar.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, DateTimeOffset now, out DateTimeOffset moment) =>
        text.Length switch
        {
            LengthBytes => TryParseFixed(text, out moment),
            AscTimeBytes => TryParseAscTime(text, out moment),
            _ => TryParseRfc850(text, now, out moment),
        };

    // Sun, 06 Nov 1994 08:49:37 GMT
    private static bool TryParseFixed(ReadOnlySpan<byte> text, out DateTimeOffset moment)
    {
        var reader = new DateReader(text);
        reader.SkipShortDayName();
        reader.Skip(", "u8);
        var day = reader.ReadNumber(2);
        reader.Skip(" "u8);
        var month = reader.ReadMonth();
        reader.Skip(" "u8);
        var year = reader.ReadNumber(4);
        reader.Skip(" "u8);
        var time = reader.ReadTime();
        reader.Skip(" GMT"u8);
        return TryMake(reader, year, month, day, time, out moment);
    }

    // Sun Nov  6 08:49:37 1994
    private static bool TryParseAscTime(ReadOnlySpan<byte> text, out DateTimeOffset moment)
    {
        var reader = new DateReader(text);
        reader.SkipShortDayName();
        reader.Skip(" "u8);
        var month = reader.ReadMonth();
        reader.Skip(" "u8);
        var day = reader.ReadPaddedDay();
        reader.Skip(" "u8);
        var time = reader.ReadTime();
        reader.Skip(" "u8);
        var year = reader.ReadNumber(4);
        return TryMake(reader, year, month, day, time, out moment);
    }

    // Sunday, 06-Nov-94 08:49:37 GMT
    private static bool TryParseRfc850(ReadOnlySpan<byte> text, DateTimeOffset now, out DateTimeOffset moment)
    {
        var reader = new DateReader(text);
        reader.SkipLongDayName();
        reader.Skip(", "u8);
        var day = reader.ReadNumber(2);
        reader.Skip("-"u8);
        var month = reader.ReadMonth();
        reader.Skip("-"u8);
        var twoDigits = reader.ReadNumber(2);
        reader.Skip(" "u8);
        var time = reader.ReadTime();
        reader.Skip(" GMT"u8);
        moment = default;
        return reader.Succeeded && CalendarDate.TryMakeTwoDigitYear(twoDigits, month, day, time, now, out moment);
    }

    private static bool TryMake(
        DateReader reader,
        int year,
        int month,
        int day,
        TimeSpan time,
        out DateTimeOffset moment
    )
    {
        moment = default;
        return reader.Succeeded && CalendarDate.TryMake(year, month, day, time, out moment);
    }
}
