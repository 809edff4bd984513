using ImageRec.Vectors;

namespace ImageRec.Clustering;

/// <summary>Adds to clusterings what follows from their interface.</summary>
internal static class ClusteringExtensions
{
    /// <summary>Assigns every row, all at once where the clustering can, or on all processors.</summary>
    /// <param name="clustering">Learned groups.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>n cluster numbers.</returns>
    public static int[] AssignAll(this IClustering clustering, FeatureMatrix rows, CancellationToken cancellationToken = default)
    {
        if (clustering is IBatchClustering batch)
            return batch.AssignAll(rows);
        var assigned = new int[rows.Rows];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, rows.Rows, options, i => assigned[i] = clustering.Assign(rows[i]));
        return assigned;
    }
}
