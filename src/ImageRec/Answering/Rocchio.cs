using System.Numerics.Tensors;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>
/// Makes a query from examples: the mean of the liked rows less half the mean of the disliked ones (Rocchio, The SMART Retrieval System,
/// 1971).
/// </summary>
internal static class Rocchio
{
    private const float Dislike = 0.5f;

    /// <param name="liked">Rows of d values, 1 or more.</param>
    /// <param name="disliked">Rows of d values.</param>
    /// <param name="dimensions">d.</param>
    /// <returns>d values, L2-normalized.</returns>
    public static float[] Query(ReadOnlySpan<float[]> liked, ReadOnlySpan<float[]> disliked, int dimensions)
    {
        var query = new float[dimensions];
        foreach (var row in liked)
            TensorPrimitives.MultiplyAdd(row, 1f / liked.Length, query, query);
        foreach (var row in disliked)
            TensorPrimitives.MultiplyAdd(row, -Dislike / disliked.Length, query, query);
        UnitRows.Normalize(query);
        return query;
    }

    /// <returns>d values, L2-normalized.</returns>
    public static async Task<ReadOnlyMemory<float>> QueryAsync(
        IRowView rows, int dimensions, IReadOnlyList<int> liked, IReadOnlyList<int> disliked, CancellationToken cancellationToken)
    {
        var query = new float[dimensions];
        var row = new float[dimensions];
        await AddAsync(liked, 1f / liked.Count).ConfigureAwait(false);
        await AddAsync(disliked, -Dislike / disliked.Count).ConfigureAwait(false);
        UnitRows.Normalize(query);
        return query;

        async Task AddAsync(IReadOnlyList<int> keys, float weight)
        {
            foreach (var key in keys)
                if (await rows.TryGetRowAsync(key, row, cancellationToken).ConfigureAwait(false))
                    TensorPrimitives.MultiplyAdd(row, weight, query, query);
        }
    }
}
