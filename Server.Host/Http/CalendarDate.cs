namespace Server.Host.Http;

/// <summary>Makes a moment of the numbers of a date, which need not name a day that exists.</summary>
internal static class CalendarDate
{
    /// <param name="year">0 to 9999; there is no year 0.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">Any number.</param>
    /// <param name="time">Since midnight; at most 24 hours, which is where a leap second ends up.</param>
    /// <param name="moment">In UTC; default if there is no such day.</param>
    public static bool TryMake(int year, int month, int day, TimeSpan time, out DateTimeOffset moment)
    {
        moment = default;
        if (year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        var midnight = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        if (DateTimeOffset.MaxValue - midnight < time)
            return false;
        moment = midnight + time;
        return true;
    }

    /// <summary>The same for a year of two digits: it is the latest such year in which the date is at most 50 years
    /// ahead of <paramref name="now"/> (RFC 9110, section 5.6.7).</summary>
    public static bool TryMakeTwoDigitYear(
        int year,
        int month,
        int day,
        TimeSpan time,
        DateTimeOffset now,
        out DateTimeOffset moment
    )
    {
        var farthest = FarthestFuture(now);
        var candidate = farthest.Year - farthest.Year % 100 + year;
        if (candidate > farthest.Year)
            candidate -= 100;
        var exists = TryMake(candidate, month, day, time, out moment);
        return exists && moment > farthest ? TryMake(candidate - 100, month, day, time, out moment) : exists;
    }

    private static DateTimeOffset FarthestFuture(DateTimeOffset now)
    {
        const int farthestYears = 50;
        var utc = now.ToUniversalTime();
        return utc.Year > DateTimeOffset.MaxValue.Year - farthestYears
            ? DateTimeOffset.MaxValue
            : utc.AddYears(farthestYears);
    }
}
