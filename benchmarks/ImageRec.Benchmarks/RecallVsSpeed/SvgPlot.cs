using System.Globalization;
using System.Text;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>Recall (upwards, nearer to 1 spread wider) against time (to the right, logarithmic), a line a system.</summary>
internal static class SvgPlot
{
    private const int Width = 760, Height = 440, Left = 70, Right = 150, Top = 20, Bottom = 50;
    private static readonly string[] Colors = ["#0b6e4f", "#c8553d", "#3d5a80", "#8d6a9f"];
    private static readonly double[] Recalls = [0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999];
    private static readonly double[] Times = [20, 50, 100, 200, 500, 1000, 2000];

    public static string Draw(List<Measurement> points)
    {
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        foreach (var recall in Recalls)
            Line(svg, Left, Y(recall), Width - Right, Y(recall), Left - 8, Y(recall) + 4, "end",
                recall.ToString(CultureInfo.InvariantCulture));
        foreach (var time in Times)
            Line(svg, X(time), Top, X(time), Height - Bottom, X(time), Height - Bottom + 18, "middle",
                time.ToString(CultureInfo.InvariantCulture));
        svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 10}" text-anchor="middle">microseconds a query, one thread</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<text transform="translate(16 {(Top + Height - Bottom) / 2}) rotate(-90)" text-anchor="middle">recall@10</text>""");
        var systems = points.Where(InRange).GroupBy(point => point.System).ToList();
        for (var i = 0; i < systems.Count; i++)
            Curve(svg, systems[i], Colors[i % Colors.Length], i);
        return svg.AppendLine("</svg>").ToString();
    }

    private static bool InRange(Measurement p) =>
        p.Recall >= Recalls[0] && p.Recall < 0.9999 && p.Microseconds >= Times[0] && p.Microseconds <= Times[^1];

    private static void Curve(StringBuilder svg, IGrouping<string, Measurement> system, string color, int index)
    {
        var ordered = system.OrderBy(p => p.Recall).ToList();
        var path =
            string.Join(' ', ordered.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Microseconds):F1},{Y(p.Recall):F1}")));
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>""");
        foreach (var p in ordered)
            svg.AppendLine(CultureInfo.InvariantCulture,
                $"""<circle cx="{X(p.Microseconds):F1}" cy="{Y(p.Recall):F1}" r="3.5" fill="{color}">"""
                + $"""<title>{p.Setting}: {p.Recall:F4}, {p.Microseconds:F0} us</title></circle>""");
        svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<text x="{Width - Right + 12}" y="{Top + 20 + 20 * index}" fill="{color}">{system.Key}</text>""");
    }

    private static void Line(
        StringBuilder svg, double x1, double y1, double x2, double y2, double textX, double textY, string anchor, string text)
    {
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<line x1="{x1:F1}" y1="{y1:F1}" x2="{x2:F1}" y2="{y2:F1}" stroke="#ddd"/>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{textX:F1}" y="{textY:F1}" text-anchor="{anchor}">{text}</text>""");
    }

    private static double X(double time) => Left + (Width - Left - Right) * Math.Log(time / Times[0]) / Math.Log(Times[^1] / Times[0]);

    private static double Y(double recall) =>
        Top + (Height - Top - Bottom) * Math.Log((1 - recall) / (1 - 0.9995)) / Math.Log((1 - Recalls[0]) / (1 - 0.9995));
}
