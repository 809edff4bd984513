using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>Changes a recommender's rows in a way that can be reverted.</summary>
/// <param name="recommender">What is changed.</param>
/// <param name="before">Its rows before the change, if it keeps them; null to copy them first.</param>
/// <param name="dimensions">Dimensions per row.</param>
internal sealed class RowChange(IRecommender recommender, CosineView? before, int dimensions)
{
    private readonly HashSet<int> _touched = [];
    private readonly Dictionary<int, float[]> _copies = [];

    public async ValueTask RemoveAsync(int[] keys)
    {
        if (keys.Length == 0)
            return;
        await TouchAsync(keys).ConfigureAwait(false);
        await recommender.RemoveAsync(keys, CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask UpsertAsync(int[] keys, FeatureMatrix rows)
    {
        if (keys.Length == 0)
            return;
        await TouchAsync(keys).ConfigureAwait(false);
        await recommender.UpsertAsync(keys, rows, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Restores the row that every key had.</summary>
    public async ValueTask RevertAsync()
    {
        if (before is not null)
        {
            if (_touched.Count > 0)
                before.GoBack();
            return;
        }
        var (added, keys, rows) = (new List<int>(), new List<int>(), new List<float[]>());
        foreach (var key in _touched.Order())
        {
            if (!_copies.TryGetValue(key, out var row))
            {
                added.Add(key);
                continue;
            }
            keys.Add(key);
            rows.Add(row);
        }
        if (added.Count > 0)
            await recommender.RemoveAsync(added.ToArray(), CancellationToken.None).ConfigureAwait(false);
        if (keys.Count > 0)
            await recommender.UpsertAsync(keys.ToArray(), FeatureMatrix.Wrap([.. rows.SelectMany(row => row)], dimensions),
                CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask TouchAsync(int[] keys)
    {
        foreach (var key in keys)
        {
            if (!_touched.Add(key) || before is not null)
                continue;
            var row = new float[dimensions];
            if (await recommender.TryGetRowAsync(key, row, CancellationToken.None).ConfigureAwait(false))
                _copies.Add(key, row);
        }
    }
}
