using ImageRec.Indexing;
using ImageRec.Learning;
using ImageRec.Ranking;

namespace ImageRec.Answering;

/// <summary>
/// Ranks by the category first: an item's level is the place of its category among the query's, 0 for the most probable, and within a level
/// the cosine of the images decides.
/// </summary>
/// <remarks>Ullah et al. search like this: a random forest names the category, and only its products are compared.</remarks>
internal sealed class CategoryOrder<TItem>
{
    private readonly ItemTable<TItem> _items;
    private readonly int[] _levels;
    private readonly float _scale;

    // Its items count as of no category.
    private readonly int _lastLevel;

    private CategoryOrder(ItemTable<TItem> items, CategoryPart part, ReadOnlySpan<float> query)
    {
        (_items, _scale) = (items, part.Scale);
        var probabilities = part.Probabilities(query);
        float[] distinct = [.. probabilities.Distinct().OrderDescending()];
        // Equally probable categories are one level, such as all others where the query's category is known.
        _levels = Array.ConvertAll(probabilities, probability => Array.IndexOf(distinct, probability));
        _lastLevel = distinct.Length;
        var image = new float[part.FusedDimensions];
        part.UnitRow(query).CopyTo(image, 0);
        Image = image;
    }

    /// <summary>Gets the query's image without its categories: d + k values of length 1.</summary>
    public ReadOnlyMemory<float> Image { get; }

    /// <summary>Makes the order of a query.</summary>
    /// <param name="pipeline">The models.</param>
    /// <param name="items">The items of the same moment.</param>
    /// <param name="query">d + k values.</param>
    /// <returns>Null where categories do not come first.</returns>
    public static CategoryOrder<TItem>? Of(RowPipeline pipeline, ItemTable<TItem> items, ReadOnlySpan<float> query) =>
        pipeline.Categories is { IsFirst: true, Part: { } part } ? new(items, part, query) : null;

    /// <summary>Returns an item's level.</summary>
    public int LevelOf(ItemRecord<TItem> record) => record.CategoryNumber < 0 ? _lastLevel : _levels[record.CategoryNumber];

    /// <summary>Returns the cosine of the images from the dot product of <see cref="Image"/> with a row.</summary>
    public float Cosine(float product) => Math.Clamp(product / _scale, -1, 1);

    /// <summary>Finds the first items, by level and cosine.</summary>
    /// <inheritdoc cref="IRecommender.SearchAsync" path="/returns" />
    /// <param name="rows">The rows of the same moment.</param>
    /// <param name="best">Receives the answers with their cosines, best first.</param>
    /// <param name="filter">Which rows may be answers; null for all.</param>
    /// <param name="minScore">The cosine that answers have at least; -1 for all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async ValueTask<int> SearchAsync(
        IRowView rows, Memory<Neighbor> best, RowFilter? filter, float minScore, CancellationToken cancellationToken)
    {
        var found = await SearchAsync(rows, best, 0, 0, filter, minScore, cancellationToken).ConfigureAwait(false);
        if (found == best.Length)
            return found;
        // However many categories there are, two more searches do: one of the levels that are answers as a whole, one of the level after.
        var counts = Count(filter, cancellationToken);
        var (last, whole) = (1, 0);
        while (last <= _lastLevel && (minScore > -1 || found + whole + counts[last] <= best.Length))
            whole += counts[last++];
        if (whole > 0)
        {
            var others = new Neighbor[whole];
            var more = await SearchAsync(rows, others, 1, last - 1, filter, minScore, cancellationToken).ConfigureAwait(false);
            var ordered = others.Take(more).OrderBy(neighbor => LevelOf(_items.ByKey(neighbor.Key)!)).Take(best.Length - found).ToArray();
            ordered.CopyTo(best[found..]);
            found += ordered.Length;
        }
        return found < best.Length && last <= _lastLevel
            ? found + await SearchAsync(rows, best[found..], last, last, filter, minScore, cancellationToken).ConfigureAwait(false)
            : found;
    }

    /// <summary>Finds the items of some levels, by their cosine alone.</summary>
    private async ValueTask<int> SearchAsync(
        IRowView rows, Memory<Neighbor> best, int firstLevel, int lastLevel, RowFilter? filter, float minScore,
        CancellationToken cancellationToken)
    {
        bool MayAnswer(int key) => _items.ByKey(key) is { } record && LevelOf(record) is var level && level >= firstLevel
            && level <= lastLevel && filter?.Invoke(key) != false;
        // A little less than asked for: rounding decides below, by the cosines that the caller sees.
        var least = minScore > -1 ? Math.Max(-1, (minScore * _scale) - 1e-6f) : -1;
        var found = await rows.SearchAsync(Image, best, MayAnswer, least, cancellationToken).ConfigureAwait(false);
        var kept = 0;
        for (var i = 0; i < found; i++)
        {
            var neighbor = best.Span[i];
            if (Cosine(neighbor.Score) is var cosine && cosine >= minScore)
                best.Span[kept++] = new Neighbor(neighbor.Key, cosine);
        }
        return kept;
    }

    /// <summary>Counts the items of every level beyond the first that may be answers.</summary>
    private int[] Count(RowFilter? filter, CancellationToken cancellationToken)
    {
        var counts = new int[_lastLevel + 1];
        foreach (var record in _items.InOrder)
        {
            if ((record.Key & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (LevelOf(record) is > 0 and var level && filter?.Invoke(record.Key) != false)
                counts[level]++;
        }
        return counts;
    }
}
