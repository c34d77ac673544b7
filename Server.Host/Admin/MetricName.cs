using System.Diagnostics.Metrics;

namespace Server.Host.Admin;

/// <summary>Names as Prometheus has them, made of OpenTelemetry's.</summary>
/// <remarks>OpenTelemetry, 'Prometheus and OpenMetrics Compatibility': what isn't a letter or a digit becomes an underscore;
/// the unit is part of the name, unless it only says what is counted, in braces; a counter ends in <c>_total</c>.</remarks>
internal static class MetricName
{
    public static string Of(Instrument instrument, bool isCounter)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return OfLabel(instrument.Name) + unit + (isCounter ? "_total" : "");
    }

    public static string OfLabel(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
