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
        using var use = _uses.Enter();
        // On the thread pool: an interface has only the asynchronous form, and the caller's context must stay free.
        var (records, rows) = Task.Run(
            async () =>
            {
                var (moment, view) = await BeginAsync(cancellationToken).ConfigureAwait(false);
                using var reading = view;
                var items = moment.Items.InOrder.ToList();
                var copied = new FeatureMatrix(items.Count, Dimensions);
                for (var i = 0; i < items.Count; i++)
                    await view.TryGetRowAsync(items[i].Key, copied.RowMemory(i), cancellationToken).ConfigureAwait(false);
                return (items, copied);
            },
            cancellationToken).GetAwaiter().GetResult();
        return DataViews.From(records.ConvertAll(record => record.Id), records.ConvertAll(record => record.Category), rows);
    }
}
