using System.Numerics.Tensors;
using ImageRec.Clustering;
using ImageRec.Learning;
using ImageRec.Reduction;
using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>Turns an image's embedding into its unit row and its cluster, as learned.</summary>
internal sealed class RowPipeline(IProjection projection, LearnedCategories? categories, IClustering clustering, ScoreDistribution scores)
{
    public IProjection Projection => projection;

    /// <summary>Gets the learned categories; null when the catalog learns none.</summary>
    public LearnedCategories? Categories => categories;

    public IClustering Clustering => clustering;

    /// <summary>Gets how similar the fitted rows are among themselves.</summary>
    public ScoreDistribution Scores => scores;

    public int Dimensions => categories?.Part?.FusedDimensions ?? projection.OutputDimensions;

    /// <summary>Projects embeddings and L2-normalizes the result.</summary>
    /// <param name="unitFeatures">n x feature dimensions, L2-normalized.</param>
    /// <param name="projection">The learned reduction.</param>
    /// <returns>n x output dimensions.</returns>
    public static FeatureMatrix Reduce(FeatureMatrix unitFeatures, IProjection projection)
    {
        var rows = new FeatureMatrix(unitFeatures.Rows, projection.OutputDimensions);
        projection.Project(unitFeatures, rows);
        UnitRows.Normalize(rows);
        return rows;
    }

    /// <summary>Returns unit rows, n x <see cref="Dimensions"/>.</summary>
    /// <param name="features">n x embedding dimensions; normalized in place.</param>
    /// <param name="known">n categories, null for the unknown; null for queries, whose categories are predicted.</param>
    public FeatureMatrix ToUnitRows(FeatureMatrix features, IReadOnlyList<string?>? known = null)
    {
        UnitRows.Normalize(features);
        var rows = Reduce(features, projection);
        return categories?.Fuse(rows, known) ?? rows;
    }

    /// <summary>Returns the row of the same image under another category (null when not known).</summary>
    public float[] Relabel(ReadOnlySpan<float> row, string? category) =>
        categories?.Part is { } part ? categories.Fuse(FeatureMatrix.Wrap(part.UnitRow(row), part.Dimensions), [category])[0].ToArray()
            : row.ToArray();

    /// <summary>
    /// Returns the number of the category that an item with this row counts as of: its own where that was learned, else the predicted one.
    /// It is -1 for a row of zeros, and where no category comes first.
    /// </summary>
    public int CategoryOf(ReadOnlySpan<float> row) => categories is { IsFirst: true, Part: { } part } ? part.MostProbable(row) : -1;

    /// <summary>Returns the row's cluster and its squared distance to that centroid.</summary>
    public (int Cluster, float Distance) AssignCluster(ReadOnlySpan<float> row)
    {
        var cluster = clustering.Assign(row);
        var distance = TensorPrimitives.Distance<float>(row, clustering.Centroids[cluster]);
        return (cluster, distance * distance);
    }
}
