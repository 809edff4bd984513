using ImageRec.Building;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec;

/// <remarks>What evaluation reads of an engine.</remarks>
public sealed partial class RecommendationEngine<TItem>
{
    internal IRecommender Recommender => _recommender;

    internal RowPipeline Pipeline => _pipeline;

    /// <summary>The items as they are now, in catalogue order.</summary>
    internal IReadOnlyList<ItemRecord<TItem>> Records() => [.. _items.InOrder];

    internal ItemRecord<TItem>? RecordOf(int key) => _items.ByKey(key);

    internal ItemRecord<TItem>? RecordOf(string id) => _items.ById(id);

    /// <summary>Whether an item has a picture with these very bytes.</summary>
    internal bool HasPicture(UInt128 hash) => _items.ByPicture(hash) is not null;

    /// <summary>Unit rows of pictures, n x <see cref="Dimensions"/>, and the hashes of their bytes.</summary>
    /// <exception cref="UnreadableImageException">One of them cannot be read.</exception>
    internal Task<(FeatureMatrix Rows, UInt128[] Hashes)> RowsOfAsync(IReadOnlyList<ImageSource> pictures, CancellationToken cancellationToken) =>
        QueryRowsAsync(pictures, cancellationToken);

    /// <summary>The rows of items, n x <see cref="Dimensions"/>; that of an item removed meanwhile is zero.</summary>
    internal async Task<FeatureMatrix> RowsOfAsync(IReadOnlyList<ItemRecord<TItem>> records, CancellationToken cancellationToken)
    {
        var rows = new FeatureMatrix(records.Count, Dimensions);
        for (var i = 0; i < records.Count; i++)
            await _recommender.TryGetRowAsync(records[i].Key, rows.RowMemory(i), cancellationToken);
        return rows;
    }
}
