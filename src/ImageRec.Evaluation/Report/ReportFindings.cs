namespace ImageRec.Evaluation.Report;

/// <summary>Writes what in the data is worth a look.</summary>
internal sealed class ReportFindings(DataReport data, ReportStrips strips, TextWriter page)
{
    public void Write()
    {
        page.Write("<section id=\"findings\"><h2>Worth a look</h2>");
        if (data.ExactDuplicates.Count + data.NearDuplicates.Count + data.Outliers.Count + data.SuspectLabels.Count == 0)
            page.Write("<p class=\"lead\">Nothing stands out: no duplicates, no outliers, no suspect categories.</p>");
        ExactDuplicates();
        NearDuplicates();
        SuspectLabels();
        Outliers();
        page.Write("</section>");
    }

    private void ExactDuplicates()
    {
        if (!Begin("The same image more than once", "Products whose image files are identical.", data.ExactDuplicates.Count))
            return;
        foreach (var group in data.ExactDuplicates.Take(ReportStrips.MaxFindings))
            Group(group.Take(ReportStrips.MaxAnswers));
        page.Write("</div>");
    }

    private void NearDuplicates()
    {
        if (!Begin("Nearly the same image", "Different files that show hardly a difference.", data.NearDuplicates.Count))
            return;
        foreach (var pair in data.NearDuplicates.Take(ReportStrips.MaxFindings))
            Group([pair.FirstId, pair.SecondId]);
        page.Write("</div>");
    }

    private void SuspectLabels()
    {
        const string text = "Products whose most similar products are nearly all of one other category.";
        if (!Begin("Perhaps in the wrong category", text, data.SuspectLabels.Count))
            return;
        foreach (var suspect in data.SuspectLabels.Take(ReportStrips.MaxFindings))
            strips.Image(suspect.Id, suspect.Id, $"{Html.Text(suspect.Category)} → <b>{Html.Text(suspect.Suggested)}</b>?");
        page.Write("</div>");
    }

    private void Outliers()
    {
        const string text = "Products that are similar to hardly anything in the catalog: rare ones, or bad images.";
        if (!Begin("Unlike anything else", text, data.Outliers.Count))
            return;
        foreach (var outlier in data.Outliers.Take(ReportStrips.MaxFindings))
            strips.Image(outlier.Id, outlier.Id, $"similarity {Html.Number(outlier.Similarity)}");
        page.Write("</div>");
    }

    private void Group(IEnumerable<string> ids)
    {
        page.Write("<div class=\"group\">");
        foreach (var id in ids)
            strips.Image(id, id, Html.Text(id));
        page.Write("</div>");
    }

    private bool Begin(string title, string text, int count)
    {
        if (count == 0)
            return false;
        var shown = count > ReportStrips.MaxFindings ? $" The clearest {ReportStrips.MaxFindings} are shown." : "";
        page.Write($"<h3>{Html.Text(title)} <small>{Html.Number(count, 0)}</small></h3>");
        page.Write($"<p>{Html.Text(text)}{shown}</p><div class=\"wall\">");
        return true;
    }
}
