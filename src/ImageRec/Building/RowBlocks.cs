using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>Collects single rows into matrices.</summary>
internal static class RowBlocks
{
    /// <param name="rows">Keys with d values each.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="blockRows">The most rows per matrix.</param>
    /// <param name="dimensions">d.</param>
    public static IEnumerable<(int[] Keys, FeatureMatrix Rows)> Chunked(
        this IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> rows, int count, int blockRows, int dimensions)
    {
        using var next = rows.GetEnumerator();
        for (var start = 0; start < count; start += blockRows)
        {
            var size = Math.Min(blockRows, count - start);
            var (keys, matrix) = (new int[size], new FeatureMatrix(size, dimensions));
            for (var i = 0; i < size && next.MoveNext(); i++)
            {
                keys[i] = next.Current.Key;
                next.Current.Value.Span.CopyTo(matrix[i]);
            }
            yield return (keys, matrix);
        }
    }
}
