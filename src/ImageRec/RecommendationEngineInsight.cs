using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec;

/// <remarks>What evaluation reads of an engine.</remarks>
public sealed partial class RecommendationEngine<TItem>
{
    internal IRecommender Recommender => _recommender;

    internal RowPipeline Pipeline => Now.Pipeline;

    /// <summary>Returns the items as they are now, in catalog order.</summary>
    internal IReadOnlyList<ItemRecord<TItem>> Records() => [.. Now.Items.InOrder];

    internal ItemRecord<TItem>? RecordOf(int key) => Now.Items.ByKey(key);

    internal ItemRecord<TItem>? RecordOf(string id) => Now.Items.ById(id);

    /// <summary>Returns whether an item has an image with these very bytes.</summary>
    internal bool HasImage(UInt128 hash) => Now.Items.ByImage(hash) is not null;

    /// <summary>Gets what predicts categories; null when nothing was learned.</summary>
    internal string? Learner => Pipeline.Categories is { Part: not null } categories ? categories.Report.Learner : null;

    /// <summary>Returns the part of a row that comes from the image alone, of length 1.</summary>
    internal ReadOnlyMemory<float> ImagePart(ReadOnlyMemory<float> row) =>
        Pipeline.Categories?.Part is { } part ? part.UnitRow(row.Span) : row;

    /// <summary>Returns unit rows of images, n x <see cref="Dimensions"/>, and the hashes of their bytes.</summary>
    /// <exception cref="UnreadableImageException">One of them cannot be read.</exception>
    /// <remarks>An image of the catalog counts as a stranger's: its category is predicted, not known.</remarks>
    internal async Task<(FeatureMatrix Rows, IReadOnlyList<UInt128> Hashes)> RowsOfAsync(
        IReadOnlyList<ImageSource> pictures, CancellationToken cancellationToken)
    {
        var (rows, hashes) = await QueryRowsAsync(pictures, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < hashes.Count; i++)
            if (HasImage(hashes[i]))
                Pipeline.Relabel(rows[i], category: null).CopyTo(rows[i]);
        return (rows, hashes);
    }

    /// <summary>
    /// Returns the rows of items as if neither they nor their copies had taken part in learning categories, n x <see cref="Dimensions"/>.
    /// </summary>
    internal async Task<FeatureMatrix> HeldOutRowsOfAsync(IReadOnlyList<ItemRecord<TItem>> records, CancellationToken cancellationToken) =>
        HeldOutRows.Of(
            await RowsOfAsync(records, cancellationToken).ConfigureAwait(false), [.. records.Select(r => r.Category)], Pipeline,
            _components.Categories, new FitContext(_components.Seed, cancellationToken));

    /// <summary>Returns the rows of items, n x <see cref="Dimensions"/>; that of an item removed meanwhile is zero.</summary>
    internal async Task<FeatureMatrix> RowsOfAsync(IReadOnlyList<ItemRecord<TItem>> records, CancellationToken cancellationToken)
    {
        using var use = _uses.Enter();
        var (_, view) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var reading = view;
        var rows = new FeatureMatrix(records.Count, Dimensions);
        for (var i = 0; i < records.Count; i++)
            await view.TryGetRowAsync(records[i].Key, rows.RowMemory(i), cancellationToken).ConfigureAwait(false);
        return rows;
    }

    /// <summary>Returns all items of one moment, in catalog order, and their rows, n x <see cref="Dimensions"/>.</summary>
    internal async Task<(IReadOnlyList<ItemRecord<TItem>> Records, FeatureMatrix Rows)> CopyRowsAsync(CancellationToken cancellationToken)
    {
        using var use = _uses.Enter();
        var (moment, view) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var reading = view;
        var records = moment.Items.InOrder.ToList();
        var rows = new FeatureMatrix(records.Count, Dimensions);
        for (var i = 0; i < records.Count; i++)
            await view.TryGetRowAsync(records[i].Key, rows.RowMemory(i), cancellationToken).ConfigureAwait(false);
        return (records, rows);
    }

    /// <summary>Finds the items that answer a row, as recommendations do.</summary>
    internal async ValueTask<int> SearchAsync(
        ReadOnlyMemory<float> unitRow, Memory<Neighbor> best, RowFilter? filter, CancellationToken cancellationToken)
    {
        if (Pipeline.Categories?.IsFirst != true)
            return await _recommender.SearchAsync(unitRow, best, filter, cancellationToken: cancellationToken).ConfigureAwait(false);
        using var use = _uses.Enter();
        var (moment, view) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var reading = view;
        var order = CategoryOrder<TItem>.Of(moment.Pipeline, moment.Items, unitRow.Span);
        return order is null
            ? await view.SearchAsync(unitRow, best, filter, minScore: -1, cancellationToken).ConfigureAwait(false)
            : await order.SearchAsync(view, best, filter, minScore: -1, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns how items rank for a row where the category comes first, else null.</summary>
    internal CategoryOrder<TItem>? OrderOf(ReadOnlyMemory<float> unitRow) =>
        CategoryOrder<TItem>.Of(Pipeline, Now.Items, unitRow.Span);

    private async Task<(FeatureMatrix Rows, IReadOnlyList<UInt128> Hashes)> QueryRowsAsync(
        IReadOnlyList<ImageSource> pictures, CancellationToken cancellationToken)
    {
        using var use = _uses.Enter();
        var queries = await ReadQueriesAsync(pictures, cancellationToken).ConfigureAwait(false);
        queries.RequireReadable();
        var (moment, rows) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var reading = rows;
        return (await queries.RowsAsync(moment, rows, cancellationToken).ConfigureAwait(false), queries.Hashes);
    }
}
