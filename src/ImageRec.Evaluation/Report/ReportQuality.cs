using System.Globalization;

namespace ImageRec.Evaluation.Report;

/// <summary>Writes how good the answers are.</summary>
internal sealed class ReportQuality(ReportData data, TextWriter page)
{
    public void Write()
    {
        page.Write("<section id=\"quality\"><h2>How good the answers are</h2>");
        if (data.Evaluation is { } evaluation)
            Figures(evaluation);
        else
            page.Write($"<p class=\"lead\">Not measured. {Html.Text(data.NoEvaluation)}</p>");
        new ReportCharts(data, page).Write();
        if (data.Evaluation is not null)
            new ReportCategories(data, data.Evaluation, page).Write();
        page.Write("</section>");
    }

    private void Figures(EvaluationReport evaluation)
    {
        var queries = Html.Number(evaluation.Queries, 0);
        var method = evaluation.IsLeaveOneOut
            ? $"Each of {queries} products was searched for among the others."
            : $"The queries are {queries} images that are not in the catalog.";
        page.Write($"<p class=\"lead\">{method} An answer counts as right when it is of the query's category.</p><div class=\"tiles\">");
        foreach (var (name, title, text) in Tiles(evaluation))
            Tile(title, evaluation.Metrics[name], text);
        page.Write("</div>");
        foreach (var note in evaluation.Notes)
            page.Write($"<p class=\"note\">{Html.Text(note)}</p>");
    }

    private void Tile(string title, Estimate figure, string text)
    {
        var left = Math.Min(98.5, figure.Low * 100);
        var width = Math.Max(1.5, (figure.High - figure.Low) * 100);
        page.Write(string.Create(CultureInfo.InvariantCulture, $"""
            <div class="tile"><h3>{title}</h3><p class="value">{figure.Value * 100:F0}%</p>
            <svg class="range" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="all" width="100" height="8" rx="4"/><rect class="between" x="{left:F1}" width="{width:F1}" height="8"/></svg>
            <p class="interval">Interval: {figure.Low * 100:F1} to {figure.High * 100:F1}%</p><p class="means">{text}</p></div>
            """));
    }

    private static IEnumerable<(string Name, string Title, string Text)> Tiles(EvaluationReport evaluation)
    {
        if (evaluation.Metrics.ContainsKey("precision@5"))
            yield return ("precision@5", "Precision at 5", "of the first five recommendations are right.");
        if (evaluation.Metrics.ContainsKey("hit_rate@5"))
            yield return ("hit_rate@5", "Hit rate at 5", "of queries get a right answer among the first five.");
        yield return ("map", "Mean average precision", "rates the whole ranking: at 100% every right product comes before any wrong one.");
        yield return ("accuracy", "Category accuracy", $"of queries get the right category, by {Html.Text(evaluation.AccuracyBy)}.");
    }
}
