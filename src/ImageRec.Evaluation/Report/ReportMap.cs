using System.Text.Json;

namespace ImageRec.Evaluation.Report;

/// <summary>The catalogue seen from above.</summary>
internal sealed class ReportMap(ReportData data, TextWriter page)
{
    private const int Colours = 12;
    private const double Width = 1000, Height = 640, Margin = 14;

    public void Write()
    {
        if (data.Map.Count == 0)
            return;
        var groups = data.Map.CountBy(p => p.Group, StringComparer.Ordinal).OrderByDescending(g => g.Value).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var colour = groups.Take(Colours).Select((g, i) => (g.Key, i)).ToDictionary(g => g.Key, g => g.i, StringComparer.Ordinal);
        page.Write($"""
            <section id="map-section"><h2>The catalogue from above</h2>
            <p class="lead">Every dot is a product{(data.Map.Count < data.Items ? $" ({Html.Number(data.Map.Count, 0)} of {Html.Number(data.Items, 0)}, chosen at random)" : "")}. Similar ones lie close together, on the two directions in which the pictures differ most. Point at a dot to see it.</p>
            <div class="card map" id="map"><svg viewBox="0 0 {Width} {Height}" role="img" aria-label="Map of the catalogue">
            """);
        foreach (var point in data.Map)
            page.Write($"<circle class=\"c{colour.GetValueOrDefault(point.Group, Colours)}\" cx=\"{Html.Short(Margin + point.X * (Width - 2 * Margin))}\" cy=\"{Html.Short(Margin + point.Y * (Height - 2 * Margin))}\"/>");
        page.Write("<circle class=\"ring\" cx=\"-50\" cy=\"-50\"/></svg><div class=\"tip\" hidden><img alt=\"\"><b></b><span></span></div></div><ul class=\"legend\">");
        foreach (var (name, place) in colour.OrderBy(c => c.Value))
            page.Write($"<li><i class=\"c{place}\"></i>{Html.Text(name)}</li>");
        if (groups.Count > Colours)
            page.Write($"<li><i class=\"c{Colours}\"></i>{Html.Number(groups.Count - Colours, 0)} others</li>");
        var json = JsonSerializer.Serialize(
            new SortedDictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["groups"] = [.. data.Map.Select(p => p.Group)],
                ["names"] = [.. data.Map.Select(p => p.Id)],
                ["pictures"] = [.. data.Map.Select(p => data.Thumbnails.Map(p.Id) ?? "")],
            },
            ReportJson.Default.SortedDictionaryStringStringArray);
        page.Write($"</ul><script type=\"application/json\" id=\"map-data\">{json}</script></section>");
    }
}
