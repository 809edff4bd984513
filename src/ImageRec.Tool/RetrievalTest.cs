using System.Diagnostics;
using ImageRec.Tool.Output;

namespace ImageRec.Tool;

/// <summary>Queries a catalogue with labelled photos and measures the answers.</summary>
internal sealed class RetrievalTest(RecommendationEngine<CatalogItem> engine, Terminal terminal)
{
    // The median of so many timed queries is steady enough.
    private const int TimedQueries = 200;

    public async Task<RetrievalScores> RunAsync(ImageCatalog<CatalogItem> photos, CancellationToken token)
    {
        var known = engine.Items.Select(item => item.Category).OfType<string>().GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        var labelled = photos.Entries.Where(entry => entry.Category is not null).ToList();
        var queries = labelled.Where(entry => known.ContainsKey(entry.Category!)).ToList();
        if (queries.Count == 0)
            throw new CatalogException(known.Count == 0
                ? "The catalogue has no categories, so there is nothing to measure by. Index a folder of folders, or a CSV file with a column 'category'."
                : $"None of the query photos lies in a folder named like a category of the catalogue. It has: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal).Take(20))}.");
        if (labelled.Count > queries.Count)
            terminal.Note($"{Units.Count(labelled.Count - queries.Count, "photo", "photos")} left out: the catalogue has none of their categories ({string.Join(", ", labelled.Select(q => q.Category!).Where(c => !known.ContainsKey(c)).Distinct().Take(5))}).");

        var results = new List<QueryResult>();
        foreach (var chunk in queries.Chunk(64))
            foreach (var (query, ranking) in await RankAsync(chunk, token))
                results.Add(QueryResult.Of(ranking, query.Category!, known[query.Category!]));
        if (results.Count == 0)
            throw new CatalogException("None of the query photos can be read.");
        return RetrievalScores.Of(results, await TimeAsync(queries, token));
    }

    /// <summary>The whole catalogue ranked for each query that can be read.</summary>
    private async Task<List<(CatalogEntry<CatalogItem> Query, IReadOnlyList<Recommendation<CatalogItem>> Ranking)>> RankAsync(
        CatalogEntry<CatalogItem>[] queries, CancellationToken token)
    {
        var all = new RecommendOptions<CatalogItem> { Count = engine.Count };
        try
        {
            var rankings = await engine.RecommendManyAsync([.. queries.Select(query => query.Image)], all, token);
            return [.. queries.Zip(rankings)];
        }
        catch (UnreadableImageException e) when (queries.Length == 1)
        {
            terminal.Note($"Left out: {e.Message}");
            return [];
        }
        catch (UnreadableImageException)
        {
            List<(CatalogEntry<CatalogItem>, IReadOnlyList<Recommendation<CatalogItem>>)> readable = [];
            foreach (var query in queries)
                readable.AddRange(await RankAsync([query], token));
            return readable;
        }
    }

    /// <summary>Milliseconds a query by photo: reading, decoding, network and search, one photo at a time.</summary>
    private async Task<double> TimeAsync(List<CatalogEntry<CatalogItem>> queries, CancellationToken token)
    {
        var times = new List<double>();
        foreach (var query in queries.Take(TimedQueries))
        {
            var clock = Stopwatch.StartNew();
            try
            {
                await engine.RecommendAsync(query.Image, count: 5, token);
                times.Add(clock.Elapsed.TotalMilliseconds);
            }
            catch (UnreadableImageException)
            {
                // Said above.
            }
        }
        times.Sort();
        return times[times.Count / 2];
    }
}
