namespace ImageRec.Evaluation.Report;

/// <summary>Rows of pictures.</summary>
internal sealed class ReportStrips(Thumbnails thumbnails, TextWriter page)
{
    public const int MaxAnswers = 8;
    public const int MaxFindings = 18;

    /// <summary>Under which key a query's picture is kept; ids of queries and of items may be alike.</summary>
    public static string QueryKey(string id) => "query\0" + id;

    /// <summary>One picture with what is written under it.</summary>
    /// <param name="key">Of the thumbnail.</param>
    /// <param name="name">What it shows, for those who cannot see it; shown when there is no picture.</param>
    /// <param name="caption">HTML; null for none.</param>
    /// <param name="kind">Class of the figure.</param>
    public void Picture(string key, string name, string? caption = null, string kind = "")
    {
        page.Write($"<figure class=\"pic {kind}\" title=\"{Html.Text(name)}\">");
        if (thumbnails.Strip(key) is { } uri)
            page.Write($"<span class=\"frame\"><img src=\"{uri}\" alt=\"{Html.Text(name)}\"></span>");
        else
            page.Write($"<span class=\"frame missing\">{Html.Text(name)}</span>");
        if (caption is not null)
            page.Write($"<figcaption>{caption}</figcaption>");
        page.Write("</figure>");
    }

    /// <summary>A query and its answers, right ones and wrong ones marked.</summary>
    public void Query(QueryResult query, EvaluationMethod method)
    {
        var key = method == EvaluationMethod.Queries ? QueryKey(query.Id) : query.Id;
        page.Write($"<div class=\"query\"><div class=\"asked\">");
        Picture(key, query.Id, $"<b>{Html.Text(query.Category)}</b>", "asks");
        page.Write("</div><div class=\"strip\">");
        foreach (var answer in query.Answers.Take(MaxAnswers))
        {
            var right = answer.Category == query.Category;
            Picture(answer.Id, answer.Id, $"<i aria-hidden=\"true\">{(right ? "✓" : "✗")}</i> {Html.Text(answer.Category ?? "no category")}", right ? "right" : "wrong");
        }
        page.Write("</div></div>");
    }
}
