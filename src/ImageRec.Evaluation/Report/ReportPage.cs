using System.Globalization;
using System.Reflection;
using System.Text;

namespace ImageRec.Evaluation.Report;

/// <summary>Writes the page around the sections, and its header, examples and details.</summary>
internal sealed class ReportPage(ReportData data, TextWriter page)
{
    private readonly ReportStrips _strips = new(data.Thumbnails, page);

    /// <summary>Measures an engine and returns its page, in UTF-8.</summary>
    public static async Task<byte[]> CreateAsync<TItem>(
        RecommendationEngine<TItem> engine, ReportOptions<TItem> options, IProgress<EvaluationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var collector = new ReportCollector<TItem>(engine, options, progress, cancellationToken);
        var data = await Task.Run(collector.CollectAsync, cancellationToken).ConfigureAwait(false);
        var text = new StringWriter();
        new ReportPage(data, text).Write();
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void Write()
    {
        page.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy"
             content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>{Html.Text(data.Title)} – catalog report</title>
            <style>{Resource("report.css")}</style>
            </head>
            <body>
            """);
        Header();
        page.Write("<main>");
        new ReportQuality(data, page).Write();
        new ReportMap(data, page).Write();
        Examples();
        new ReportClusters(data, _strips, page).Write();
        new ReportFindings(data.Data, _strips, page).Write();
        Details();
        var written = data.Written.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        page.Write($"</main><footer><p>Written by ImageRec on {written} UTC. This page loads nothing from anywhere.</p></footer>");
        page.Write($"<script>{Resource("report.js")}</script></body></html>\n");
    }

    private void Header()
    {
        page.Write($"""
            <header><p class="over">Visual recommendations · catalog report</p>
            <h1>{Html.Text(data.Title)}</h1>
            <ul class="facts">
            <li><b>{Html.Number(data.Items, 0)}</b> {(data.Items == 1 ? "product" : "products")}</li>
            <li><b>{Html.Number(data.Categories.Count, 0)}</b> {(data.Categories.Count == 1 ? "category" : "categories")}</li>
            <li><b>{Html.Number(data.Clustering.Clusters, 0)}</b> {(data.Clustering.Clusters == 1 ? "cluster" : "clusters")}</li>
            <li><b>{Html.Number(data.Dimensions, 0)}</b> {(data.Dimensions == 1 ? "dimension" : "dimensions")} per row</li>
            </ul>
            <ol class="pipeline" aria-label="Pipeline">
            """);
        foreach (var step in data.Pipeline.Split(" -> "))
            page.Write($"<li><span>{Html.Text(step)}</span></li>");
        page.Write("</ol>");
        if (data.Build is { Unreadable.Count: > 0 } build)
        {
            var count = Html.Count(build.Unreadable.Count, "image", "images");
            page.Write($"<details class=\"note\"><summary>{count} could not be read</summary><ul>");
            foreach (var item in build.Unreadable.Take(50))
                page.Write($"<li><b>{Html.Text(item.Id)}</b>: {Html.Text(item.Reason)}</li>");
            page.Write("</ul></details>");
        }
        page.Write("""
            <nav aria-label="Sections"><a href="#quality">Quality</a><a href="#map-section">Map</a><a href="#examples">Examples</a>
            <a href="#clusters">Groups</a><a href="#findings">Worth a look</a><a href="#details">Details</a></nav></header>
            """);
    }

    private void Examples()
    {
        if (data.Evaluation is not { } evaluation)
            return;
        page.Write("""
            <section id="examples"><h2>Examples</h2>
            <p class="lead">On the left is the query image, then its answers, the most similar first.</p>
            <h3>The worst answers</h3>
            """);
        foreach (var query in data.Worst)
            _strips.Query(query, evaluation.IsLeaveOneOut);
        page.Write("<h3>The best answers</h3>");
        foreach (var query in data.Best)
            _strips.Query(query, evaluation.IsLeaveOneOut);
        page.Write("</section>");
    }

    private void Details()
    {
        var (clustering, index) = (data.Clustering, data.Index);
        page.Write("<section id=\"details\"><h2>Details</h2><dl class=\"table\">");
        Detail("Index: recall", $"share of the true nearest {index.Neighbors} that it finds", Html.Percent(index.Recall.Value));
        Detail("Index: hubness", "0 is even; above 1.5 a few products are found everywhere", Html.Number(index.Hubness));
        Detail(
            "Index: most frequent neighbor", $"of {Html.Number(index.Items, 0)} searches for {index.Neighbors} each",
            $"{Html.Count(index.LargestHub, "time", "times")}{(index.LargestHubId is { } hub ? $"<small>{Html.Text(hub)}</small>" : "")}");
        Detail("Index: never found", "share of products that are nobody's neighbor", Html.Percent(index.NeverFound));
        Detail("Clusters: silhouette", "−1 to 1, more is clearer", Html.Number(clustering.Silhouette));
        Detail("Clusters: Davies–Bouldin index", "less is clearer", Html.Number(clustering.DaviesBouldin));
        Detail("Clusters: purity", "share of products in their cluster's main category", Html.Percent(clustering.Purity));
        Detail(
            "Clusters and categories", "normalized mutual information, 0 to 1", Html.Number(clustering.NormalizedMutualInformation));
        if (data.Evaluation is { SearchMilliseconds: > 0 } evaluation)
            Detail("Search", "median, from a row to ten products", $"{Html.Number(evaluation.SearchMilliseconds)} ms");
        if (data.Evaluation is { IsLeaveOneOut: false, MillisecondsPerQuery: > 0 } timed)
            Detail("Query", "median, from an image to ten products", $"{Html.Number(timed.MillisecondsPerQuery, 1)} ms");
        if (data.Build is { } build)
            Detail(
                "Build", $"{Html.Count(build.Computed, "image", "images")} computed, {Html.Number(build.Reused, 0)} reused",
                $"{Html.Number(build.Elapsed.TotalSeconds, 1)} s");
        page.Write("</dl></section>");
    }

    /// <summary>Writes one line of the details. The value is HTML.</summary>
    private void Detail(string name, string meaning, string value) =>
        page.Write($"<div><dt>{Html.Text(name)} <small>{Html.Text(meaning)}</small></dt><dd>{value}</dd></div>");

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
