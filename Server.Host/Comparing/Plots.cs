using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Server.Host.Comparing;

/// <summary>Plots with logarithmic axes, as SVG. Their background is white, so that they can be read on a dark page.</summary>
internal static class Plots
{
    private const double Width = 640;
    private const double Height = 400;
    private const double BarHeight = 30;
    private const double AroundBars = 100; // title and axis
    private const string Font = "Arial"; // whose widths the exporter knows

    // Told apart by people who see colours differently (Okabe and Ito), and by their markers.
    private static readonly (OxyColor Color, MarkerType Marker)[] Looks =
    [
        (OxyColor.FromRgb(0, 114, 178), MarkerType.Circle),
        (OxyColor.FromRgb(213, 94, 0), MarkerType.Square),
        (OxyColor.FromRgb(0, 158, 115), MarkerType.Triangle),
        (OxyColor.FromRgb(204, 121, 167), MarkerType.Diamond),
        (OxyColor.FromRgb(86, 86, 86), MarkerType.Star),
        (OxyColor.FromRgb(230, 159, 0), MarkerType.Plus),
    ];

    /// <summary>A line for each series, over a horizontal axis of its own values.</summary>
    public static PlotModel Lines(
        string title,
        string horizontal,
        IEnumerable<(string Name, IEnumerable<(double X, double? Y)> Points)> all
    )
    {
        var plot = Empty(title);
        plot.Axes.Add(Logarithmic(AxisPosition.Bottom, horizontal));
        plot.Axes.Add(Logarithmic(AxisPosition.Left, null));
        plot.Legends.Add(
            new Legend { LegendPosition = LegendPosition.RightTop, LegendPlacement = LegendPlacement.Outside }
        );
        foreach (var ((name, points), (color, marker)) in all.Zip(Looks))
        {
            var line = new LineSeries
            {
                Title = name,
                Color = color,
                StrokeThickness = 2,
                MarkerType = marker,
                MarkerSize = 5,
                MarkerFill = color,
                MarkerStroke = color,
            };
            line.Points.AddRange(points.Select(point => new DataPoint(point.X, point.Y ?? double.NaN)));
            plot.Series.Add(line);
        }
        return plot;
    }

    /// <summary>A bar for each name, the first on top, with its value beside it; none where there is no value.</summary>
    public static PlotModel Bars(string title, IEnumerable<(string Name, double? Value)> all)
    {
        var plot = Empty(title);
        var names = new CategoryAxis
        {
            Position = AxisPosition.Left,
            StartPosition = 1,
            EndPosition = 0,
            IsTickCentered = true,
        };
        var bars = new BarSeries
        {
            FillColor = Looks[0].Color,
            LabelPlacement = LabelPlacement.Outside,
            LabelFormatString = " {0:#,##0.###}",
        };
        foreach (var (name, value) in all)
        {
            bars.Items.Add(new BarItem(Rounded(value) ?? double.NaN, names.Labels.Count));
            names.Labels.Add(name);
        }
        plot.Axes.Add(names);
        plot.Axes.Add(Logarithmic(AxisPosition.Bottom, null));
        plot.Series.Add(bars);
        return plot;
    }

    /// <summary>Writes a plot as an SVG document.</summary>
    public static void Write(PlotModel plot, string file)
    {
        using var stream = File.Create(file);
        var height = plot.Series is [BarSeries bars] ? AroundBars + BarHeight * bars.Items.Count : Height;
        new SvgExporter
        {
            Width = Width,
            Height = height,
            TextMeasurer = new ScreenText(),
        }.Export(plot, stream);
    }

    /// <summary>Three digits that count, or all before the point.</summary>
    private static double? Rounded(double? value) =>
        value is { } known ? Math.Round(known, Math.Clamp(2 - (int)Math.Floor(Math.Log10(known)), 0, 9)) : null;

    private static PlotModel Empty(string title) =>
        new()
        {
            Title = title,
            TitleFontSize = 15,
            DefaultFont = Font,
            DefaultFontSize = 13,
            Background = OxyColors.White,
            Padding = new OxyThickness(8, 8, 16, 8),
            Culture = CultureInfo.InvariantCulture,
        };

    private static LogarithmicAxis Logarithmic(AxisPosition position, string? title) =>
        new()
        {
            Position = position,
            Title = title,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColors.LightGray,
            MinimumPadding = 0.1,
            MaximumPadding = 0.1,
            StringFormat = "#,##0.###",
        };
}
