using System.Globalization;
using System.Reflection;

namespace ImageRec.Evaluation.Report;

/// <summary>The page around the sections, and the first of them: what was built.</summary>
internal sealed class ReportPage(ReportData data, TextWriter page)
{
    private readonly ReportStrips _strips = new(data.Thumbnails, page);

    public void Write()
    {
        page.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>{Html.Text(data.Title)} – catalogue report</title>
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
        page.Write($"</main><footer><p>Written by ImageRec on {data.Written.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC. This page loads nothing from anywhere.</p></footer>");
        page.Write($"<script>{Resource("report.js")}</script></body></html>\n");
    }

    private void Header()
    {
        page.Write($"""
            <header><p class="over">Visual recommendations · catalogue report</p>
            <h1>{Html.Text(data.Title)}</h1>
            <ul class="facts">
            <li><b>{Html.Number(data.Items, 0)}</b> products</li>
            <li><b>{Html.Number(data.Categories.Count, 0)}</b> {(data.Categories.Count == 1 ? "category" : "categories")}</li>
            <li><b>{Html.Number(data.Clustering.Clusters, 0)}</b> {(data.Clustering.Clusters == 1 ? "cluster" : "clusters")}</li>
            <li><b>{Html.Number(data.Dimensions, 0)}</b> numbers a picture</li>
            </ul>
            <ol class="pipeline" aria-label="Pipeline">
            """);
        foreach (var step in data.Pipeline.Split(" -> "))
            page.Write($"<li><span>{Html.Text(step)}</span></li>");
        page.Write("</ol>");
        if (data.Build is { Unreadable.Count: > 0 } build)
        {
            page.Write($"<details class=\"note\"><summary>{Html.Count(build.Unreadable.Count, "picture", "pictures")} could not be read</summary><ul>");
            foreach (var item in build.Unreadable.Take(50))
                page.Write($"<li><b>{Html.Text(item.Id)}</b>: {Html.Text(item.Reason)}</li>");
            page.Write("</ul></details>");
        }
        page.Write("""<nav aria-label="Sections"><a href="#quality">Quality</a><a href="#map-section">Map</a><a href="#examples">Examples</a><a href="#clusters">Clusters</a><a href="#findings">Worth a look</a><a href="#details">Details</a></nav></header>""");
    }

    private void Examples()
    {
        if (data.Evaluation is not { } evaluation)
            return;
        page.Write("<section id=\"examples\"><h2>What it answers</h2><p class=\"lead\">On the left the picture it was asked with, then its answers, most similar first.</p>");
        page.Write("<h3>Where it does worst</h3>");
        foreach (var query in data.Worst)
            _strips.Query(query, evaluation.Method);
        page.Write("<h3>Where it does best</h3>");
        foreach (var query in data.Best)
            _strips.Query(query, evaluation.Method);
        page.Write("</section>");
    }

    private void Details()
    {
        var (clustering, index) = (data.Clustering, data.Index);
        page.Write($"""
            <section id="details"><h2>Details</h2>
            <dl class="table">
            <div><dt>Index finds of the truly nearest {index.Neighbors}</dt><dd>{Html.Percent(index.Recall.Value)}</dd></div>
            <div><dt>Hubness <small>0 is even; above 1.5 a few products turn up everywhere</small></dt><dd>{Html.Number(index.Hubness)}</dd></div>
            <div><dt>Most frequent neighbour <small>of {Html.Number(index.Items, 0)} searches for {index.Neighbors} each</small></dt><dd>{Html.Number(index.LargestHub, 0)} times{(index.LargestHubId is { } hub ? $"<small>{Html.Text(hub)}</small>" : "")}</dd></div>
            <div><dt>Products that are nobody's neighbour</dt><dd>{Html.Percent(index.NeverFound)}</dd></div>
            <div><dt>Clusters: silhouette <small>−1 to 1, more is clearer</small></dt><dd>{Html.Number(clustering.Silhouette)}</dd></div>
            <div><dt>Clusters: Davies–Bouldin index <small>less is clearer</small></dt><dd>{Html.Number(clustering.DaviesBouldin)}</dd></div>
            <div><dt>Clusters: purity <small>share of products in a cluster's main category</small></dt><dd>{Html.Percent(clustering.Purity)}</dd></div>
            <div><dt>Clusters and categories: normalised mutual information</dt><dd>{Html.Number(clustering.NormalizedMutualInformation)}</dd></div>
            """);
        if (data.Evaluation is { SearchMilliseconds: > 0 } evaluation)
            page.Write($"<div><dt>Search <small>median, from a row to ten products</small></dt><dd>{Html.Number(evaluation.SearchMilliseconds)} ms</dd></div>");
        if (data.Evaluation is { Method: EvaluationMethod.Queries, MillisecondsPerQuery: > 0 } timed)
            page.Write($"<div><dt>Query <small>median, from a picture to ten products</small></dt><dd>{Html.Number(timed.MillisecondsPerQuery, 1)} ms</dd></div>");
        if (data.Build is { } build)
            page.Write($"<div><dt>Build <small>{Html.Number(build.Computed, 0)} pictures computed, {Html.Number(build.Reused, 0)} taken over</small></dt><dd>{Html.Number(build.Elapsed.TotalSeconds, 1)} s</dd></div>");
        page.Write("</dl></section>");
    }

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
