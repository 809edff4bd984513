using System.Globalization;

namespace ImageRec.Evaluation.Report;

/// <summary>How good the answers are.</summary>
internal sealed class ReportQuality(ReportData data, TextWriter page)
{
    private const int CurveResamples = 300;
    private const int LargestTable = 24;

    public void Write()
    {
        page.Write("<section id=\"quality\"><h2>How good the answers are</h2>");
        if (data.Evaluation is { } evaluation)
            Measured(evaluation);
        else
            page.Write($"<p class=\"lead\">Not measured. {Html.Text(data.NoEvaluation)}</p>");
        page.Write("<div class=\"charts\">");
        if (data.Evaluation is not null)
            PrecisionCurve(data.Evaluation);
        ExplainedVariance();
        Elbow();
        page.Write("</div>");
        if (data.Evaluation is not null)
        {
            Categories(data.Evaluation);
            Confusion(data.Evaluation.Confusion);
        }
        page.Write("</section>");
    }

    private void Measured(EvaluationReport evaluation)
    {
        page.Write(evaluation.Method == EvaluationMethod.LeaveOneOut
            ? $"<p class=\"lead\">Each of {Html.Number(evaluation.Queries, 0)} products was looked for in the rest of the catalogue. An answer counts as right when it is of the same category.</p>"
            : $"<p class=\"lead\">Asked with {Html.Number(evaluation.Queries, 0)} pictures that are not in the catalogue. An answer counts as right when it is of the same category.</p>");
        page.Write("<div class=\"tiles\">");
        foreach (var (name, title, text) in Tiles(evaluation))
        {
            var e = evaluation.Metrics[name];
            page.Write(string.Create(CultureInfo.InvariantCulture, $"""
                <div class="tile"><h3>{title}</h3><p class="value">{e.Value * 100:F0}%</p>
                <svg class="range" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="8" rx="4"/><rect class="between" x="{Math.Min(98.5, e.Low * 100):F1}" width="{Math.Max(1.5, (e.High - e.Low) * 100):F1}" height="8"/></svg>
                <p class="interval">95% sure: {e.Low * 100:F1} to {e.High * 100:F1}%</p><p class="means">{text}</p></div>
                """));
        }
        page.Write("</div>");
        foreach (var note in evaluation.Notes)
            page.Write($"<p class=\"note\">{Html.Text(note)}</p>");
    }

    private static IEnumerable<(string Name, string Title, string Text)> Tiles(EvaluationReport evaluation)
    {
        if (evaluation.Metrics.ContainsKey("precision@5"))
            yield return ("precision@5", "Precision at 5", "of the five recommendations shown are right.");
        if (evaluation.Metrics.ContainsKey("hit_rate@5"))
            yield return ("hit_rate@5", "Hit rate at 5", "of queries get a right answer among the first five.");
        yield return ("map", "Mean average precision", "rates the whole ranking: 100% has every right product before any wrong one.");
        yield return ("accuracy", "Category accuracy", $"of queries are put into the right category ({Html.Text(evaluation.AccuracyBy)}).");
    }

    private void PrecisionCurve(EvaluationReport evaluation)
    {
        var points = Enumerable.Range(1, evaluation.Cutoffs[^1]).Select(k =>
        {
            var e = Bootstrap.Mean([.. evaluation.PerQuery.Select(q => q.PrecisionAt(k))], CurveResamples);
            return ((double)k, e.Value, e.Low, e.High);
        }).ToList();
        Chart("Precision over k", "Share of the first k answers that are right. The band holds the true figure with 95% confidence.", new LineChart
        {
            Description = "Precision at k over k",
            XTitle = "k, answers looked at",
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
        Chart("What the shortened rows keep", $"{data.ExplainedVariance.Count} components keep {Html.Percent(sum)} of what tells the pictures apart.", new LineChart
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
        Chart("How many clusters", "How far products are from the middle of their cluster. Past the bend, more clusters help little.", new LineChart
        {
            Description = "Mean squared distance to the cluster's centre over the number of clusters",
            XTitle = "clusters",
            Points = [.. elbow.Select(p => ((double)p.Clusters, p.Inertia, p.Inertia, p.Inertia))],
            Y = (0, Math.Max(0.2, Math.Ceiling(elbow.Max(p => p.Inertia) * 5) / 5)),
            LogX = true,
            Mark = elbow.Any(p => p.Clusters == chosen) ? (chosen, $"{chosen} in use") : null,
        });
    }

    private void Chart(string title, string caption, LineChart chart) =>
        page.Write($"<figure class=\"card\"><h3>{Html.Text(title)}</h3>{chart.Draw()}<figcaption>{Html.Text(caption)}</figcaption></figure>");

    private void Categories(EvaluationReport evaluation)
    {
        var sizes = data.Categories.ToDictionary(StringComparer.Ordinal);
        var byCategory = evaluation.PerQuery.GroupBy(q => q.Category, StringComparer.Ordinal)
            .Select(g => (Name: g.Key, Queries: g.Count(), Precision: g.Average(q => q.PrecisionAt(5)), Recognised: g.Average(q => q.PredictedCategory == q.Category ? 1.0 : 0)))
            .OrderByDescending(c => c.Precision).ToList();
        page.Write("<h3>By category</h3><div class=\"scroll\"><table class=\"bars\"><thead><tr><th>Category</th><th class=\"n\">Products</th><th class=\"n wide\">Queries</th><th>Precision at 5</th><th>Recognised</th></tr></thead><tbody>");
        foreach (var c in byCategory.Take(LargestTable * 2))
            page.Write($"<tr><th scope=\"row\">{Html.Text(c.Name)}</th><td class=\"n\">{Html.Number(sizes.GetValueOrDefault(c.Name), 0)}</td><td class=\"n wide\">{Html.Number(c.Queries, 0)}</td><td>{Bar(c.Precision)}</td><td>{Bar(c.Recognised)}</td></tr>");
        page.Write("</tbody></table></div>");
        if (byCategory.Count > LargestTable * 2)
            page.Write($"<p class=\"note\">The best {LargestTable * 2} of {Html.Number(byCategory.Count, 0)} categories.</p>");
    }

    private static string Bar(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar\"><span style=\"width:{Math.Max(0.5, share * 100):F1}%\"></span></span><span class=\"pc\">{share * 100:F0}%</span>");

    private void Confusion(ConfusionMatrix matrix)
    {
        var names = matrix.Categories;
        if (names.Count < 2)
            return;
        page.Write("<h3>What it takes for what</h3>");
        if (names.Count > LargestTable)
        {
            var mixed = from a in Enumerable.Range(0, names.Count) from b in Enumerable.Range(0, names.Count) where a != b && matrix[a, b] > 0 orderby matrix[a, b] descending select (a, b);
            page.Write($"<p>The most frequent of {Html.Number(names.Count, 0)} categories' mix-ups.</p><ol class=\"mixups\">");
            foreach (var (a, b) in mixed.Take(LargestTable))
                page.Write($"<li><b>{Html.Text(names[a])}</b> taken for <b>{Html.Text(names[b])}</b>: {Html.Number(matrix[a, b], 0)} times</li>");
            page.Write("</ol>");
            return;
        }
        page.Write("<p>Rows are what a picture shows, columns what it was taken for, in percent of the row. All on the diagonal would be perfect.</p><div class=\"scroll\"><table class=\"confusion\"><thead><tr><th></th>");
        foreach (var name in names)
            page.Write($"<th scope=\"col\"><span>{Html.Text(name)}</span></th>");
        page.Write("</tr></thead><tbody>");
        for (var a = 0; a < names.Count; a++)
        {
            var all = Enumerable.Range(0, names.Count).Sum(b => matrix[a, b]);
            if (all == 0)
                continue;
            page.Write($"<tr><th scope=\"row\">{Html.Text(names[a])}</th>");
            for (var b = 0; b < names.Count; b++)
            {
                var share = matrix[a, b] / (double)all;
                var cell = matrix[a, b] == 0 ? "" : Html.Number(share * 100, 0);
                page.Write(string.Create(CultureInfo.InvariantCulture, $"<td class=\"{(a == b ? "hit" : "miss")}\" style=\"--s:{share:F3}\" title=\"{matrix[a, b]} of {all}\">{cell}</td>"));
            }
            page.Write("</tr>");
        }
        page.Write("</tbody></table></div>");
    }
}
