using ImageRec.Evaluation.Metrics;

namespace ImageRec.Evaluation.Report;

/// <summary>Writes the charts: precision over k, explained variance, and the elbow.</summary>
internal sealed class ReportCharts(ReportData data, TextWriter page)
{
    private const int CurveResamples = 300;

    public void Write()
    {
        page.Write("<div class=\"charts\">");
        if (data.Evaluation is not null)
            PrecisionCurve(data.Evaluation);
        ExplainedVariance();
        Elbow();
        page.Write("</div>");
    }

    private void PrecisionCurve(EvaluationReport evaluation)
    {
        var points = Enumerable.Range(1, evaluation.Cutoffs[^1]).Select(k =>
        {
            var e = Bootstrap.Mean([.. evaluation.PerQuery.Select(q => q.PrecisionAt(k))], CurveResamples);
            return ((double)k, e.Value, e.Low, e.High);
        }).ToList();
        Write("Precision over k", "The share of the first k answers that are right, with its 95% interval.", new LineChart
        {
            Description = "Precision at k over k",
            XTitle = "k, number of answers",
            Points = points,
            Y = (0, 1),
            YText = Html.Percent,
        });
    }

    private void ExplainedVariance()
    {
        if (data.ExplainedVariance.Count < 2)
            return;
        double sum = 0;
        var points = data.ExplainedVariance.Select((share, i) =>
        {
            sum += share;
            return (i + 1.0, sum, sum, sum);
        }).ToList();
        var caption = $"{points.Count} components explain {Html.Percent(sum)} of the variance of the embeddings.";
        Write("Explained variance", caption, new LineChart
        {
            Description = "Cumulative explained variance over components",
            XTitle = "principal components",
            Points = points,
            Y = (0, 1),
            YText = Html.Percent,
        });
    }

    private void Elbow()
    {
        var elbow = data.Clustering.Elbow;
        if (elbow.Count < 2)
            return;
        var chosen = data.Clustering.Clusters;
        List<(double, double, double, double)> points = [.. elbow.Select(Point)];
        const string caption =
            "The mean squared distance of products to the center of their cluster. Past the bend, more clusters help little.";
        Write("How many clusters", caption, new LineChart
        {
            Description = "Mean squared distance to the center of the cluster over the number of clusters",
            XTitle = "clusters",
            Points = points,
            Y = (0, Math.Max(0.2, Math.Ceiling(points.Max(p => p.Item2) * 5) / 5)),
            LogX = true,
            Mark = elbow.Any(p => p.Clusters == chosen) ? (chosen, $"{chosen} in use") : null,
        });

        static (double, double, double, double) Point(ClusteringReport report)
        {
            var mean = report.Inertia / Math.Max(1, report.Items);
            return (report.Clusters, mean, mean, mean);
        }
    }

    private void Write(string title, string caption, LineChart chart) => page.Write($"""
        <figure class="card"><h3>{Html.Text(title)}</h3>{chart.Draw()}<figcaption>{Html.Text(caption)}</figcaption></figure>
        """);
}
