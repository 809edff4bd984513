using ImageRec.MachineLearning;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec;

public sealed partial class RecommendationEngine<TItem>
{
    /// <summary>Copies the products' rows, as they are now, for ML.NET: columns Id (text), Category (text, empty where there is none) and Features (vector of Single, L2-normalised).</summary>
    /// <param name="cancellationToken">Stops the copying.</param>
    public IDataView ToDataView(CancellationToken cancellationToken = default)
    {
        var records = _items.InOrder.ToList();
        var rows = new FeatureMatrix(records.Count, Dimensions);
        // On the thread pool: an interface has only the asynchronous form, and the caller's context must stay free.
        var kept = Task.Run(
            async () =>
            {
                var count = 0;
                foreach (var record in records.ToArray())
                {
                    // Removed meanwhile: left out.
                    if (await _recommender.TryGetRowAsync(record.Key, rows.RowMemory(count), cancellationToken).ConfigureAwait(false))
                        records[count++] = record;
                }
                return count;
            },
            cancellationToken).GetAwaiter().GetResult();
        if (kept < records.Count)
        {
            rows = rows.Select([.. Enumerable.Range(0, kept)]);
            records.RemoveRange(kept, records.Count - kept);
        }
        return DataViews.From(records.ConvertAll(record => record.Id), records.ConvertAll(record => record.Category), rows);
    }
}
