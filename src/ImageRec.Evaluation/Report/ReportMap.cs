using System.Text.Json;

namespace ImageRec.Evaluation.Report;

/// <summary>Writes the map of the catalog.</summary>
internal sealed class ReportMap(ReportData data, TextWriter page)
{
    private const int Colors = 12;
    private const double Width = 1000, Height = 640, Margin = 14;

    public void Write()
    {
        if (data.Map.Count == 0)
            return;
        var groups = data.Map.CountBy(p => p.Group, StringComparer.Ordinal)
            .OrderByDescending(g => g.Value).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var color = groups.Take(Colors).Select((g, i) => (g.Key, i)).ToDictionary(g => g.Key, g => g.i, StringComparer.Ordinal);
        var shown = data.Map.Count < data.Items
            ? $" ({Html.Number(data.Map.Count, 0)} of {Html.Number(data.Items, 0)}, chosen at random)"
            : "";
        page.Write($"""
            <section id="map-section"><h2>Map of the catalog</h2>
            <p class="lead">Every dot is a product{shown}. Similar products lie close together, along the two directions in which the images
            differ most. Point at a dot to see it.</p>
            <div class="card map" id="map"><svg viewBox="0 0 {Width} {Height}" role="img" aria-label="Map of the catalog">
            """);
        foreach (var point in data.Map)
        {
            var (x, y) = (Margin + point.X * (Width - 2 * Margin), Margin + point.Y * (Height - 2 * Margin));
            var number = color.GetValueOrDefault(point.Group, Colors);
            page.Write($"<circle class=\"c{number}\" cx=\"{Html.Short(x)}\" cy=\"{Html.Short(y)}\"/>");
        }
        page.Write("""
            <circle class="ring" cx="-50" cy="-50"/></svg><div class="tip" hidden><img alt=""><b></b><span></span></div></div>
            <ul class="legend">
            """);
        foreach (var (name, index) in color.OrderBy(c => c.Value))
            page.Write($"<li><i class=\"c{index}\"></i>{Html.Text(name)}</li>");
        if (groups.Count > Colors)
            page.Write($"<li><i class=\"c{Colors}\"></i>{Html.Count(groups.Count - Colors, "other", "others")}</li>");
        page.Write($"</ul><script type=\"application/json\" id=\"map-data\">{Json()}</script></section>");
    }

    private string Json()
    {
        var texts = new SortedDictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["groups"] = [.. data.Map.Select(p => p.Group)],
            ["names"] = [.. data.Map.Select(p => p.Id)],
            ["images"] = [.. data.Map.Select(p => data.Thumbnails.Map(p.Id) ?? "")],
        };
        return JsonSerializer.Serialize(texts, ReportJson.Default.SortedDictionaryStringStringArray);
    }
}
