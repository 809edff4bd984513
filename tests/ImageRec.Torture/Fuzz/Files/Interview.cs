namespace ImageRec.Torture.Fuzz.Files;

/// <summary>Asks a catalog about everything it knows, in lines that can be compared.</summary>
internal static class Interview
{
    private const int Count = 7;

    public static async Task<IReadOnlyList<string>> AskAsync(RecommendationEngine<Thing> engine)
    {
        var lines = new List<string> { engine.Describe(), $"{engine.Count} items" };
        lines.AddRange(engine.Items.Select(t => t.ToString()));
        if (lines.Count == 2)
            return lines;
        var options = new RecommendOptions<Thing> { Count = Count };
        for (var seed = 1; seed <= 2; seed++)
            lines.Add(Line(await engine.RecommendAsync(Things.Picture(Things.Row(seed)), options)));
        // An item's own picture is known by its hash, and its row is read from where it is kept.
        foreach (var thing in (Thing[])[engine.Items.First(), engine.Items.Last()])
        {
            lines.Add(Line(await engine.RecommendAsync(Things.Picture(Things.Row(thing)), options)));
            lines.Add(Line(await engine.RecommendLikeAsync([thing.Id], options: options)));
        }
        if (engine.Categories is not null)
            lines.Add(string.Join(", ", (await engine.ClassifyAsync(Things.Picture(Things.Row(3))))
                .Select(p => $"{p.Category} {p.Probability:R}")));
        return lines;
    }

    private static string Line(IReadOnlyList<Recommendation<Thing>> answer) =>
        string.Join(", ", answer.Select(
            h => $"{h.Item} {h.Id} {h.Category} {h.Score:R} {h.Percentile:R} {h.CategoryProbability:R} {h.IsSamePicture}"));
}
