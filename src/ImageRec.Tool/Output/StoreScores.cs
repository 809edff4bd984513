using System.Diagnostics;
using System.Text.Json;
using ImageRec.Evaluation;

namespace ImageRec.Tool.Output;

/// <summary>What a store answers, beside what the same rows answer in one process.</summary>
/// <param name="Queries">How many were asked of both.</param>
/// <param name="Overlap">The share of the ten answers of one process that the store has among its ten.</param>
/// <param name="Milliseconds">Median per query through the store, one at a time.</param>
internal sealed record StoreScores(int Queries, double Overlap, double Milliseconds)
{
    private const int MostQueries = 100;
    private static readonly RecommendOptions<JsonElement> s_ten = new() { Count = 10 };

    public static async Task<StoreScores> MeasureAsync(
        IRecommendationEngine<JsonElement> store, IRecommendationEngine<JsonElement> alone, EvaluationReport report,
        ImageCatalog<CatalogItem>? photos, CancellationToken token)
    {
        var pictures = photos?.Entries.ToDictionary(entry => entry.Id, entry => entry.Image);
        var every = Math.Max(1, report.PerQuery.Count / MostQueries);
        var ids = report.PerQuery.Where((_, i) => i % every == 0).Take(MostQueries).Select(query => query.Id).ToList();
        // What only the first call costs is no part of the figure.
        await AskAsync(store, ids[0]);
        var (found, wanted, times) = (0, 0, new List<double>());
        foreach (var id in ids)
        {
            var start = Stopwatch.GetTimestamp();
            var answers = await AskAsync(store, id);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            var exact = (await AskAsync(alone, id)).Select(answer => answer.Id).ToList();
            found += answers.Select(answer => answer.Id).Intersect(exact).Count();
            wanted += exact.Count;
        }
        times.Sort();
        return new(ids.Count, Math.Round(wanted == 0 ? 1 : found / (double)wanted, 6), Math.Round(times[times.Count / 2], 3));

        Task<IReadOnlyList<Recommendation<JsonElement>>> AskAsync(IRecommendationEngine<JsonElement> engine, string id) =>
            pictures is null
                ? engine.RecommendLikeAsync([id], options: s_ten, cancellationToken: token)
                : engine.RecommendAsync(pictures[id], s_ten, token);
    }

    public void Write(TextWriter to) => to.WriteLine(
        $"overlap@10 of {Queries:N0} queries with the answers of one process: {Overlap:0.000}; {Milliseconds:0.0} ms per query through the "
        + "store (median, one at a time)");
}
