namespace ImageRec.Evaluation.Report;

/// <summary>Writes the groups of similar products as strips of images.</summary>
internal sealed class ReportClusters(ReportData data, ReportStrips strips, TextWriter page)
{
    private const int Open = 12;

    public void Write()
    {
        if (data.Clusters.Count == 0)
            return;
        page.Write($"""
            <section id="clusters"><h2>Groups of similar products</h2>
            <p class="lead">Found by the images {(data.Learned ? "and their categories" : "alone")}. The first image of each group is its
            most typical product.</p><div class="clusters">
            """);
        foreach (var cluster in data.Clusters.Take(Open))
            Write(cluster);
        page.Write("</div>");
        if (data.Clusters.Count > Open)
        {
            var more = Html.Count(data.Clusters.Count - Open, "more group", "more groups");
            page.Write($"<details><summary>{more}</summary><div class=\"clusters\">");
            foreach (var cluster in data.Clusters.Skip(Open))
                Write(cluster);
            page.Write("</div></details>");
        }
        page.Write("</section>");
    }

    private void Write(ReportCluster cluster)
    {
        page.Write($"<article class=\"card\"><h3>{Html.Count(cluster.Size, "product", "products")}");
        if (cluster.Category is not null)
            page.Write($" <small>{Html.Percent(cluster.Share)} {Html.Text(cluster.Category)}</small>");
        page.Write("</h3><div class=\"strip\">");
        for (var i = 0; i < cluster.Shown.Count; i++)
            strips.Image(cluster.Shown[i], cluster.Shown[i], kind: i == 0 ? "medoid" : "");
        page.Write("</div></article>");
    }
}
