using ImageRec.ML.Columns;
using Microsoft.ML;

namespace ImageRec;

/// <summary>Copies catalogs for ML.NET.</summary>
public static class EngineDataViewExtensions
{
    /// <summary>
    /// Copies the items' rows, as they are now, for ML.NET: columns Id (text), Category (text, empty where there is none) and Features
    /// (vector of Single, L2-normalized).
    /// </summary>
    /// <typeparam name="TItem">Type of the items.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <returns>The data view.</returns>
    public static async Task<IDataView> ToDataViewAsync<TItem>(
        this RecommendationEngine<TItem> engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var (records, rows) = await engine.CopyRowsAsync(cancellationToken).ConfigureAwait(false);
        return DataViews.From([.. records.Select(record => record.Id)], [.. records.Select(record => record.Category)], rows);
    }
}
