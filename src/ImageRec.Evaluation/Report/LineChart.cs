using System.Globalization;
using System.Text;

namespace ImageRec.Evaluation.Report;

/// <summary>Draws a line over a few points as SVG, with a band around it when there is one.</summary>
internal sealed record LineChart
{
    private const double Width = 440, Height = 260, Left = 54, Right = 16, Top = 14, Bottom = 50, TickWidth = 30;
    private const int MostDots = 24;

    /// <summary>Gets what the chart shows, for those who cannot see it.</summary>
    public required string Description { get; init; }

    public required string XTitle { get; init; }

    /// <summary>Gets x, y and the ends of the band of one point or more, by ascending x.</summary>
    public required IReadOnlyList<(double X, double Y, double Low, double High)> Points { get; init; }

    /// <summary>Gets the range of y.</summary>
    public required (double Least, double Most) Y { get; init; }

    /// <summary>Gets how a y is written.</summary>
    public Func<double, string> YText { get; init; } = y => Html.Short(y);

    /// <summary>Gets whether x is spaced by its logarithm.</summary>
    public bool LogX { get; init; }

    /// <summary>Gets an x to mark, and what to write there.</summary>
    public (double X, string Label)? Mark { get; init; }

    public string Draw()
    {
        var svg = new StringBuilder($"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\"");
        svg.Append(CultureInfo.InvariantCulture, $" aria-label=\"{Html.Text(Description)}\">");
        Axes(svg);
        if (Points.Any(p => p.High > p.Low))
        {
            var (high, low) = (Path(Points.Select(p => (p.X, p.High))), Path(Points.Reverse().Select(p => (p.X, p.Low))));
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"band\" d=\"M{high}L{low}Z\"/>");
        }
        if (Mark is { } mark)
            Marked(svg, mark.X, mark.Label);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"M{Path(Points.Select(p => (p.X, p.Y)))}\"/>");
        if (Points.Count <= MostDots)
            foreach (var point in Points)
            {
                var (x, y) = (Html.Short(Across(point.X)), Html.Short(Down(point.Y)));
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"3.2\">");
                svg.Append(CultureInfo.InvariantCulture, $"<title>{Html.Short(point.X)}: {Html.Text(YText(point.Y))}</title></circle>");
            }
        return svg.Append("</svg>").ToString();
    }

    private void Axes(StringBuilder svg)
    {
        for (var i = 0; i <= 4; i++)
        {
            var y = Y.Least + (Y.Most - Y.Least) * i / 4;
            Line(svg, "rule", (Left, Down(y)), (Width - Right, Down(y)));
            Text(svg, Left - 8, Down(y) + 5, "end", YText(y));
        }
        foreach (var x in Ticks())
            Text(svg, Across(x), Height - Bottom + 21, "middle", Html.Short(x));
        Text(svg, (Left + Width - Right) / 2, Height - 5, "middle", XTitle, "title");
    }

    private void Marked(StringBuilder svg, double at, string label)
    {
        var x = Across(at);
        Line(svg, "mark", (x, Top), (x, Height - Bottom));
        var (anchor, beside) = x > Width * 0.7 ? ("end", -6) : ("start", 6);
        Text(svg, x + beside, Top + 12, anchor, label, "marked");
    }

    private static void Line(StringBuilder svg, string kind, (double X, double Y) from, (double X, double Y) to)
    {
        var (x1, x2, y1, y2) = (Html.Short(from.X), Html.Short(to.X), Html.Short(from.Y), Html.Short(to.Y));
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{kind}\" x1=\"{x1}\" x2=\"{x2}\" y1=\"{y1}\" y2=\"{y2}\"/>");
    }

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text, string? kind = null)
    {
        svg.Append(kind is null ? "<text" : $"<text class=\"{kind}\"");
        svg.Append(CultureInfo.InvariantCulture, $" x=\"{Html.Short(x)}\" y=\"{Html.Short(y)}\" text-anchor=\"{anchor}\">");
        svg.Append(Html.Text(text)).Append("</text>");
    }

    private string Path(IEnumerable<(double X, double Y)> points) =>
        string.Join("L", points.Select(p => $"{Html.Short(Across(p.X))} {Html.Short(Down(p.Y))}"));

    private IEnumerable<double> Ticks()
    {
        var all = Points.Select(p => p.X).ToList();
        var chosen = all.Count <= 9 ? all : [.. Enumerable.Range(0, 6).Select(i => all[i * (all.Count - 1) / 5]).Distinct()];
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
