using System.Globalization;

namespace ImageRec.Evaluation.Report;

/// <summary>Writes the figures of each category, and which categories are confused.</summary>
internal sealed class ReportCategories(ReportData data, EvaluationReport evaluation, TextWriter page)
{
    private const int LargestMatrix = 24;
    private const int LongestTable = 2 * LargestMatrix;

    public void Write()
    {
        ByCategory();
        var matrix = evaluation.Confusion;
        if (matrix.Categories.Count < 2)
            return;
        page.Write("<h3>Which categories are confused</h3>");
        if (matrix.Categories.Count > LargestMatrix)
            MostConfused(matrix);
        else
            Matrix(matrix);
    }

    private void ByCategory()
    {
        var sizes = data.Categories.ToDictionary(StringComparer.Ordinal);
        var rows = evaluation.PerQuery.GroupBy(q => q.Category, StringComparer.Ordinal)
            .Select(queries => (
                Name: queries.Key, Count: queries.Count(), Precision: queries.Average(q => q.PrecisionAt(5)),
                Recognized: queries.Average(q => q.PredictedCategory == q.Category ? 1.0 : 0)))
            .OrderByDescending(c => c.Precision).ToList();
        page.Write("""
            <h3>By category</h3><div class="scroll"><table class="bars"><thead><tr><th>Category</th><th class="n">Products</th>
            <th class="n wide">Queries</th><th>Precision at 5</th><th>Recognized</th></tr></thead><tbody>
            """);
        foreach (var row in rows.Take(LongestTable))
            page.Write($"""
                <tr><th scope="row">{Html.Text(row.Name)}</th><td class="n">{Html.Number(sizes.GetValueOrDefault(row.Name), 0)}</td>
                <td class="n wide">{Html.Number(row.Count, 0)}</td><td>{Bar(row.Precision)}</td><td>{Bar(row.Recognized)}</td></tr>
                """);
        page.Write("</tbody></table></div>");
        if (rows.Count > LongestTable)
            page.Write($"<p class=\"note\">The best {LongestTable} of {Html.Number(rows.Count, 0)} categories.</p>");
    }

    private static string Bar(double share) => string.Create(CultureInfo.InvariantCulture, $"""
        <span class="bar"><span style="width:{Math.Max(0.5, share * 100):F1}%"></span></span><span class="pc">{share * 100:F0}%</span>
        """);

    private void MostConfused(ConfusionMatrix matrix)
    {
        var names = matrix.Categories;
        var confused = from a in Enumerable.Range(0, names.Count)
                       from b in Enumerable.Range(0, names.Count)
                       where a != b && matrix[a, b] > 0
                       orderby matrix[a, b] descending
                       select (a, b);
        page.Write($"<p>The most frequent confusions among {Html.Number(names.Count, 0)} categories.</p><ol class=\"mixups\">");
        foreach (var (a, b) in confused.Take(LargestMatrix))
            page.Write($"""
                <li><b>{Html.Text(names[a])}</b> recognized as <b>{Html.Text(names[b])}</b>:
                {Html.Count(matrix[a, b], "time", "times")}</li>
                """);
        page.Write("</ol>");
    }

    private void Matrix(ConfusionMatrix matrix)
    {
        var names = matrix.Categories;
        page.Write("""
            <p>Each row is a true category, each column a predicted one, in percent of the row. A perfect result has everything on the
            diagonal.</p><div class="scroll"><table class="confusion"><thead><tr><th></th>
            """);
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
                Cell(a == b, matrix[a, b], all);
            page.Write("</tr>");
        }
        page.Write("</tbody></table></div>");
    }

    private void Cell(bool isHit, int count, int all)
    {
        var share = count / (double)all;
        var text = count == 0 ? "" : Html.Number(share * 100, 0);
        page.Write(string.Create(CultureInfo.InvariantCulture, $"""
            <td class="{(isHit ? "hit" : "miss")}" style="--s:{share:F3}" title="{count} of {all}">{text}</td>
            """));
    }
}
