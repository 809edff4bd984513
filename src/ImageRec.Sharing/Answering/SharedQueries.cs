using ImageRec.Features;
using ImageRec.Storage;
using ImageRec.Vectors;

namespace ImageRec.Sharing.Answering;

/// <summary>Reads query images and finds their rows: that of an item that shows the same image, or one computed.</summary>
/// <param name="state">The catalog.</param>
internal sealed class SharedQueries<TItem>(SharedState<TItem> state)
{
    /// <returns>n entries: a hash and a row of d values, or why the image cannot be read.</returns>
    public async Task<Query[]> ReadAsync(IReadOnlyList<ImageSource> images, CancellationToken cancellationToken)
    {
        var queries = new Query[images.Count];
        var encoded = new ReadOnlyMemory<byte>[images.Count];
        for (var i = 0; i < images.Count; i++)
        {
            try
            {
                encoded[i] = await images[i].Whole.ReadAsync(state.Components.Limits.MaxBytes, cancellationToken).ConfigureAwait(false);
                queries[i] = new Query(ContentHash.Of(encoded[i].Span, images[i].Region), null, null);
            }
            catch (UnreadableImageException e)
            {
                queries[i] = new Query(default, null, e);
            }
        }
        var known = await Task.WhenAll(queries.Select(query => query.Failure is null
            ? KnownRowAsync(query.Hash, cancellationToken)
            : Task.FromResult<float[]?>(null))).ConfigureAwait(false);
        var open = new List<int>();
        for (var i = 0; i < queries.Length; i++)
        {
            queries[i] = queries[i] with { Row = known[i] };
            if (known[i] is null && queries[i].Failure is null)
                open.Add(i);
        }
        await ComputeAsync(queries, open, open.ConvertAll(i => images[i].WithBytes(encoded[i])), cancellationToken)
            .ConfigureAwait(false);
        return queries;
    }

    private async Task<float[]?> KnownRowAsync(UInt128 hash, CancellationToken cancellationToken)
    {
        var ids = await state.Index.FindPictureAsync(hash, cancellationToken).ConfigureAwait(false);
        foreach (var id in ids)
            if ((await RecordsWithRows.ReadAsync(state.Index, [id], cancellationToken).ConfigureAwait(false))[0] is var (record, row)
                && record.Picture == hash)
                return row;
        return null;
    }

    private async Task ComputeAsync(Query[] queries, List<int> open, List<ImageSource> images, CancellationToken cancellationToken)
    {
        if (open.Count == 0)
            return;
        var extractor = state.Components.Extractor;
        var features = new FeatureMatrix(open.Count, extractor.Dimensions);
        foreach (var failure in await extractor.ExtractAsync(images, features.Values, cancellationToken).ConfigureAwait(false))
            queries[open[failure.Index]] = queries[open[failure.Index]] with { Failure = new(failure.Reason) };
        var good = Enumerable.Range(0, open.Count).Where(i => queries[open[i]].Failure is null).ToArray();
        foreach (var i in good)
            FiniteFeatures.Require(features[i], images[i].Name, extractor);
        if (good.Length == 0)
            return;
        var rows = state.Pipeline.ToUnitRows(features.Select(good));
        for (var i = 0; i < good.Length; i++)
            queries[open[good[i]]] = queries[open[good[i]]] with { Row = rows[i].ToArray() };
    }

    /// <summary>Holds a query image.</summary>
    /// <param name="Hash">Of its bytes and of which part it is.</param>
    /// <param name="Row">d values; null when it cannot be read.</param>
    /// <param name="Failure">Why it cannot be read; null when it can.</param>
    internal readonly record struct Query(UInt128 Hash, float[]? Row, UnreadableImageException? Failure);
}
