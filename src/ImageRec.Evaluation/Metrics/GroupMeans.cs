using ImageRec.Vectors;

namespace ImageRec.Evaluation.Metrics;

/// <summary>Holds the mean row of each group.</summary>
/// <param name="Rows">k x d; zero for an empty group.</param>
/// <param name="Sizes">Number of members of each of the k groups.</param>
internal sealed record GroupMeans(FeatureMatrix Rows, int[] Sizes)
{
    public static GroupMeans Of(FeatureMatrix rows, ReadOnlySpan<int> groups)
    {
        ClusteringMetrics.Check(rows, groups);
        var count = 0;
        foreach (var group in groups)
            count = Math.Max(count, group + 1);
        var sizes = new int[count];
        // Sums of many rows need more digits than a row has.
        var sums = new double[count * rows.Columns];
        for (var i = 0; i < groups.Length; i++)
        {
            sizes[groups[i]]++;
            var row = rows[i];
            var sum = sums.AsSpan(groups[i] * rows.Columns, rows.Columns);
            for (var j = 0; j < row.Length; j++)
                sum[j] += row[j];
        }
        var means = new FeatureMatrix(count, rows.Columns);
        for (var i = 0; i < sums.Length; i++)
            means.Values.Span[i] = (float)(sums[i] / Math.Max(1, sizes[i / rows.Columns]));
        return new GroupMeans(means, sizes);
    }
}
