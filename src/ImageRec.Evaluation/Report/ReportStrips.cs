namespace ImageRec.Evaluation.Report;

/// <summary>Writes images side by side.</summary>
internal sealed class ReportStrips(Thumbnails thumbnails, TextWriter page)
{
    public const int MaxAnswers = 8;
    public const int MaxFindings = 18;

    /// <summary>Returns the key of a query's image. Ids of queries and of items may be equal.</summary>
    public static string QueryKey(string id) => "query\0" + id;

    /// <summary>Writes one image with its caption.</summary>
    /// <param name="key">The key of the thumbnail.</param>
    /// <param name="name">What it shows, for those who cannot see it. It is shown when there is no image.</param>
    /// <param name="caption">HTML, or null for none.</param>
    /// <param name="kind">The class of the figure.</param>
    public void Image(string key, string name, string? caption = null, string kind = "")
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

    /// <summary>Writes a query and its answers, each marked right or wrong.</summary>
    public void Query(QueryResult query, bool isLeaveOneOut)
    {
        page.Write("<div class=\"query\"><div>");
        Image(isLeaveOneOut ? query.Id : QueryKey(query.Id), query.Id, $"<b>{Html.Text(query.Category)}</b>", "query-image");
        page.Write("</div><div class=\"strip\">");
        foreach (var answer in query.Answers.Take(MaxAnswers))
        {
            var (mark, kind) = answer.Category == query.Category ? ("✓", "right") : ("✗", "wrong");
            var caption = $"<i aria-hidden=\"true\">{mark}</i> {Html.Text(answer.Category ?? "no category")}";
            Image(answer.Id, answer.Id, caption, kind);
        }
        page.Write("</div></div>");
    }
}
