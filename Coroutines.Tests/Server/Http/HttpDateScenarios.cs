using System.Globalization;
using System.Text;
using CsCheck;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: dates in the three formats of RFC 9110, section 5.6.7.</summary>
public sealed class HttpDateScenarios
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT")]
    [TestCase("1994-11-06T08:49:37.9999999Z", "Sun, 06 Nov 1994 08:49:37 GMT")]
    [TestCase("1994-11-06T09:49:37+01:00", "Sun, 06 Nov 1994 08:49:37 GMT")]
    [TestCase("2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 GMT")]
    [TestCase("0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT")]
    [TestCase("9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT")]
    public void A_moment_is_written_in_29_bytes(string moment, string text)
    {
        var destination = new byte[HttpDate.LengthBytes];
        HttpDate.Format(Moment(moment), destination);
        Encoding.ASCII.GetString(destination).ShouldBe(text);
    }

    [Test]
    public void A_destination_that_is_too_short_is_a_callers_mistake() =>
        Should.Throw<ArgumentException>(() => HttpDate.Format(Now, new byte[28])).Message.ShouldContain("28");

    [TestCase("Sun, 06 Nov 1994 08:49:37 GMT")]
    [TestCase("Sunday, 06-Nov-94 08:49:37 GMT")]
    [TestCase("Sun Nov  6 08:49:37 1994")]
    [TestCase("Mon, 06 Nov 1994 08:49:37 GMT")]
    public void Each_format_says_the_same(string text) => ThenItIs(text, Now, "1994-11-06T08:49:37Z");

    [TestCase("Sun Nov 16 08:49:37 1994", "1994-11-16T08:49:37Z")]
    [TestCase("Sun Nov 06 08:49:37 1994", "1994-11-06T08:49:37Z")]
    [TestCase("Thu, 29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00Z")]
    [TestCase("Wed, 31 Dec 2025 23:59:60 GMT", "2026-01-01T00:00:00Z")]
    [TestCase("Mon, 01 Jan 0001 00:00:00 GMT", "0001-01-01T00:00:00Z")]
    [TestCase("Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z")]
    public void A_day_at_the_edge_of_the_calendar_is_read(string text, string moment) => ThenItIs(text, Now, moment);

    [TestCase("2026-03-01T12:00:00Z", "Monday, 01-Mar-76 12:00:00 GMT", "2076-03-01T12:00:00Z")]
    [TestCase("2026-03-01T12:00:00Z", "Monday, 01-Mar-76 12:00:01 GMT", "1976-03-01T12:00:01Z")]
    [TestCase("2026-03-01T12:00:00Z", "Friday, 01-Jan-77 00:00:00 GMT", "1977-01-01T00:00:00Z")]
    [TestCase("2026-03-01T12:00:00Z", "Friday, 01-Jan-99 00:00:00 GMT", "1999-01-01T00:00:00Z")]
    [TestCase("2026-03-01T12:00:00Z", "Saturday, 01-Jan-00 00:00:00 GMT", "2000-01-01T00:00:00Z")]
    [TestCase("2026-03-01T12:00:00Z", "Tuesday, 29-Feb-00 00:00:00 GMT", "2000-02-29T00:00:00Z")]
    [TestCase("2095-01-01T00:00:00Z", "Friday, 01-Jan-10 00:00:00 GMT", "2110-01-01T00:00:00Z")]
    [TestCase("2095-01-01T00:00:00Z", "Friday, 01-Jan-46 00:00:00 GMT", "2046-01-01T00:00:00Z")]
    public void A_year_of_two_digits_is_at_most_fifty_years_ahead(string now, string text, string moment) =>
        ThenItIs(text, Moment(now), moment);

    [TestCase("Monday")]
    [TestCase("Tuesday")]
    [TestCase("Wednesday")]
    [TestCase("Thursday")]
    [TestCase("Friday")]
    [TestCase("Saturday")]
    [TestCase("Sunday")]
    public void Each_day_has_a_long_name(string day) =>
        ThenItIs($"{day}, 06-Nov-94 08:49:37 GMT", Now, "1994-11-06T08:49:37Z");

    [TestCase("")]
    [TestCase("now")]
    [TestCase("0")]
    [TestCase("784111777")]
    [TestCase("Sun, 6 Nov 1994 08:49:37 GMT")]
    [TestCase("Sun, 06 Nov 1994 08:49:37")]
    [TestCase("Sun, 06 Nov 1994 08:49:37 UTC")]
    [TestCase("Sun, 06 Nov 1994 08:49:37 gmt")]
    [TestCase("Sun, 06 Nov 1994 08:49:37 GMT ")]
    [TestCase("sun, 06 nov 1994 08:49:37 gmt")]
    [TestCase("Sun, 06-Nov-1994 08:49:37 GMT")]
    [TestCase("Sun, 06 Nov 1994 8:49:37 GMT")]
    [TestCase("Sun; 06 Nov 1994 08:49:37 GMT")]
    [TestCase("Xyz, 06 Nov 1994 08:49:37 GMT")]
    [TestCase("Sun, 06 Xyz 1994 08:49:37 GMT")]
    [TestCase("Sun, 00 Nov 1994 08:49:37 GMT")]
    [TestCase("Sun, 31 Nov 1994 08:49:37 GMT")]
    [TestCase("Sun, 29 Feb 2023 08:49:37 GMT")]
    [TestCase("Sun, 06 Nov 0000 08:49:37 GMT")]
    [TestCase("Sun, 06 Nov 1994 24:00:00 GMT")]
    [TestCase("Sun, 06 Nov 1994 08:60:00 GMT")]
    [TestCase("Sun, 06 Nov 1994 08:00:61 GMT")]
    [TestCase("Fri, 31 Dec 9999 23:59:60 GMT")]
    [TestCase("Sun, +6 Nov 1994 08:49:37 GMT")]
    [TestCase("Sundae, 06-Nov-94 08:49:37 GMT")]
    [TestCase("Sun, 06-Nov-94 08:49:37 GMT")]
    [TestCase("Sunday, 06-Nov-994 08:49:37 GMT")]
    [TestCase("Sunday, 31-Feb-94 08:49:37 GMT")]
    [TestCase("Sun Nov 6 08:49:37 1994")]
    [TestCase("Sun Nov   08:49:37 1994")]
    [TestCase("Sun Nov  6 08:49:37 94  ")]
    public void A_malformed_date_is_no_date(string text) =>
        HttpDate.TryParse(Encoding.ASCII.GetBytes(text), Now, out _).ShouldBeFalse();

    [Test]
    public void What_was_written_reads_the_same() =>
        Gen.Long[0, DateTimeOffset.MaxValue.Ticks / TimeSpan.TicksPerSecond]
            .Sample(seconds =>
            {
                var moment = new DateTimeOffset(seconds * TimeSpan.TicksPerSecond, TimeSpan.Zero);
                var text = new byte[HttpDate.LengthBytes];
                HttpDate.Format(moment, text);
                return HttpDate.TryParse(text, Now, out var read) && read == moment;
            });

    private static void ThenItIs(string text, DateTimeOffset now, string moment)
    {
        HttpDate.TryParse(Encoding.ASCII.GetBytes(text), now, out var read).ShouldBeTrue();
        read.ShouldBe(Moment(moment));
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
