using OxyPlot;

namespace Server.Host.Comparing;

/// <summary>How much room a text takes in an SVG document, whose fonts are measured in pixels.</summary>
/// <remarks>The exporter would measure in points, of which there are 72 to an inch, instead of 96: legends would be cut
/// off.</remarks>
internal sealed class ScreenText() : PdfRenderContext(width: 1, height: 1, OxyColors.White)
{
    private const double PixelsPerPoint = 96.0 / 72;

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight) =>
        base.MeasureText(text, fontFamily, fontSize * PixelsPerPoint, fontWeight);
}
