using System.Globalization;
using System.Text;

namespace ImageRec.Evaluation.Report;

/// <summary>A line over few points as SVG, with a band around it when there is one.</summary>
internal sealed record LineChart
{
    private const double Width = 440, Height = 260, Left = 54, Right = 16, Top = 14, Bottom = 50, TickWidth = 30;

    /// <summary>What it shows, for those who cannot see it.</summary>
    public required string Description { get; init; }

    public required string XTitle { get; init; }

    /// <summary>x, y and the ends of the band, by ascending x; one or more.</summary>
    public required IReadOnlyList<(double X, double Y, double Low, double High)> Points { get; init; }

    /// <summary>Range of y.</summary>
    public required (double Least, double Most) Y { get; init; }

    /// <summary>How a y is written.</summary>
    public Func<double, string> YText { get; init; } = y => Html.Short(y);

    /// <summary>Whether x is spaced by its logarithm.</summary>
    public bool LogX { get; init; }

    /// <summary>An x to mark, and what to write there.</summary>
    public (double X, string Label)? Mark { get; init; }

    public string Draw()
    {
        var svg = new StringBuilder($"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(Description)}\">");
        for (var i = 0; i <= 4; i++)
        {
            var y = Y.Least + (Y.Most - Y.Least) * i / 4;
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"rule\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Html.Short(Down(y))}\" y2=\"{Html.Short(Down(y))}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{Html.Short(Down(y) + 5)}\" text-anchor=\"end\">{Html.Text(YText(y))}</text>");
        }
        foreach (var x in Ticks())
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Html.Short(Across(x))}\" y=\"{Height - Bottom + 21}\" text-anchor=\"middle\">{Html.Short(x)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{Html.Short((Left + Width - Right) / 2)}\" y=\"{Height - 5}\" text-anchor=\"middle\">{Html.Text(XTitle)}</text>");
        if (Points.Any(p => p.High > p.Low))
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"band\" d=\"M{Path(Points.Select(p => (p.X, p.High)))}L{Path(Points.Reverse().Select(p => (p.X, p.Low)))}Z\"/>");
        if (Mark is { } mark)
        {
            var x = Across(mark.X);
            var anchor = x > Width * 0.7 ? "end" : "start";
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"mark\" x1=\"{Html.Short(x)}\" x2=\"{Html.Short(x)}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"marked\" x=\"{Html.Short(x + (anchor == "end" ? -6 : 6))}\" y=\"{Top + 12}\" text-anchor=\"{anchor}\">{Html.Text(mark.Label)}</text>");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"M{Path(Points.Select(p => (p.X, p.Y)))}\"/>");
        if (Points.Count <= 24)
            foreach (var point in Points)
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{Html.Short(Across(point.X))}\" cy=\"{Html.Short(Down(point.Y))}\" r=\"3.2\"><title>{Html.Short(point.X)}: {Html.Text(YText(point.Y))}</title></circle>");
        return svg.Append("</svg>").ToString();
    }

    private string Path(IEnumerable<(double X, double Y)> points) => string.Join("L", points.Select(p => $"{Html.Short(Across(p.X))} {Html.Short(Down(p.Y))}"));

    private IEnumerable<double> Ticks()
    {
        var places = Points.Select(p => p.X).ToList();
        var chosen = places.Count <= 9 ? places : [.. Enumerable.Range(0, 6).Select(i => places[i * (places.Count - 1) / 5]).Distinct()];
        var last = double.NegativeInfinity;
        foreach (var x in chosen)
        {
            // Numbers that would touch are left out.
            if (Across(x) - last < TickWidth)
                continue;
            last = Across(x);
            yield return x;
        }
    }

    private double Across(double x)
    {
        var (first, last) = (Scale(Points[0].X), Scale(Points[^1].X));
        return Left + (last > first ? (Scale(x) - first) / (last - first) : 0.5) * (Width - Left - Right);
    }

    private double Down(double y)
    {
        var range = Y.Most - Y.Least;
        return Height - Bottom - (range > 0 ? Math.Clamp((y - Y.Least) / range, 0, 1) : 0) * (Height - Top - Bottom);
    }

    private double Scale(double x) => LogX ? Math.Log(x) : x;
}
