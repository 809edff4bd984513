using System.Numerics.Tensors;
using ImageRec.Sharing.Stores;
using ImageRec.Vectors;

namespace ImageRec.Sharing.Building;

/// <summary>
/// Finds the least effort that reaches a recall: mixtures of the catalog's own rows ask for their ten nearest, once exactly, over all rows
/// read one after another, and once through the shards. A row by itself would be an easy question: a graph that has it is led straight
/// there, and a picture of a stranger's is not in it.
/// </summary>
/// <param name="index">The store.</param>
/// <param name="manifest">What the catalog is.</param>
internal sealed class RecallMeter(ISharedIndex index, CatalogManifest manifest)
{
    private const int Queries = 100;
    private const int Wanted = 10;

    // Aims above the target by this share of what is missing to 1, as the index in one process does: a sample is not the catalog.
    private const double Margin = 0.2;
    private const float Rounding = 1e-5f;
    // How much of another row a question has: what lies between rows is farther from all of them than a stranger's picture is.
    private const float Share = 0.5f;
    private static readonly int[] s_efforts = [50, 100, 200, 400, 800, 1600];

    /// <param name="target">The share of the ten nearest to find, above 0, up to 1.</param>
    /// <param name="seed">Chooses the rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Null for a catalog without items.</returns>
    public async Task<SearchTuning?> TuneAsync(double target, int seed, CancellationToken cancellationToken)
    {
        var (ids, rows) = await SampleAsync(seed, cancellationToken).ConfigureAwait(false);
        if (ids.Count == 0)
            return null;
        var least = await TruthAsync(ids, rows, cancellationToken).ConfigureAwait(false);
        var aim = target + Margin * (1 - target);
        SearchTuning? last = null;
        foreach (var effort in s_efforts)
        {
            var recall = await RecallAsync(ids, rows, least, effort, cancellationToken).ConfigureAwait(false);
            last = new SearchTuning(effort, target, recall, ids.Count);
            if (recall >= aim)
                break;
        }
        return last;
    }

    private async Task<(List<string> Ids, FeatureMatrix Rows)> SampleAsync(int seed, CancellationToken cancellationToken)
    {
        // Reservoir sampling (Vitter, 1985, algorithm R).
        var (random, chosen, seen) = (new Random(seed), new List<string>(), 0L);
        await foreach (var page in index.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var id in page)
            {
                seen++;
                if (chosen.Count < Queries)
                    chosen.Add(id);
                else if (random.NextInt64(seen) is < Queries and var place)
                    chosen[(int)place] = id;
            }
        }
        var read = await index.GetRowsAsync(chosen, cancellationToken).ConfigureAwait(false);
        var kept = Enumerable.Range(0, read.Length).Where(i => read[i] is not null).ToList();
        var rows = new FeatureMatrix(kept.Count, manifest.Dimensions);
        for (var i = 0; i < kept.Count; i++)
        {
            TensorPrimitives.MultiplyAdd(read[kept[(i + 1) % kept.Count]], Share, read[kept[i]], rows[i]);
            var norm = TensorPrimitives.Norm<float>(rows[i]);
            // Opposite rows make nothing that could ask.
            if (norm > 0)
                TensorPrimitives.Divide(rows[i], norm, rows[i]);
            else
                read[kept[i]].CopyTo(rows[i]);
        }
        return (kept.ConvertAll(i => chosen[i]), rows);
    }

    /// <summary>Returns the scores of the ten nearest rows of each query, least first; the row it was made of is left out.</summary>
    private async Task<float[][]> TruthAsync(List<string> ids, FeatureMatrix queries, CancellationToken cancellationToken)
    {
        var best = ids.ConvertAll(_ => new PriorityQueue<string, float>());
        await foreach (var page in index.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            var rows = await index.GetRowsAsync(page, cancellationToken).ConfigureAwait(false);
            Parallel.For(0, ids.Count, new ParallelOptions { CancellationToken = cancellationToken }, query =>
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    if (rows[i] is not { } row || page[i] == ids[query])
                        continue;
                    var score = TensorPrimitives.Dot(queries[query], row);
                    // One item may be listed twice.
                    if (best[query].UnorderedItems.Any(other => other.Element == page[i]))
                        continue;
                    best[query].Enqueue(page[i], score);
                    if (best[query].Count > Wanted)
                        best[query].Dequeue();
                }
            });
        }
        return [.. best.Select(scores => scores.UnorderedItems.Select(pair => pair.Priority).Order().ToArray())];
    }

    private async Task<double> RecallAsync(
        List<string> ids, FeatureMatrix queries, float[][] truth, int effort, CancellationToken cancellationToken)
    {
        var (found, wanted) = (0L, 0L);
        var depths = Enumerable.Repeat(Wanted + 1, manifest.Shards).ToArray();
        for (var i = 0; i < ids.Count; i++)
        {
            if (truth[i].Length == 0)
                continue;
            var answers = await index.SearchAsync(queries.RowMemory(i), depths, effort, filter: null, cancellationToken)
                .ConfigureAwait(false);
            var scores = answers.SelectMany(answer => answer!.Hits).Where(hit => hit.Record.Id != ids[i]).Select(hit => hit.Score)
                .OrderDescending().Take(truth[i].Length);
            // By score, so that of equally near rows any may be found.
            found += scores.Count(score => score >= truth[i][0] - Rounding);
            wanted += truth[i].Length;
        }
        return wanted == 0 ? 1 : found / (double)wanted;
    }
}
