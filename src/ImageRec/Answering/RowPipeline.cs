using System.Numerics.Tensors;
using ImageRec.Clustering;
using ImageRec.Learning;
using ImageRec.Reduction;
using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>The learned way from a picture's features to its unit row and its cluster.</summary>
internal sealed class RowPipeline(IProjection projection, LearnedCategories? categories, IClustering clustering, ScoreDistribution scores)
{
    public IProjection Projection => projection;

    /// <summary>Null when the catalogue does not learn categories.</summary>
    public LearnedCategories? Categories => categories;

    public IClustering Clustering => clustering;

    /// <summary>How alike the fitted rows are among themselves.</summary>
    public ScoreDistribution Scores => scores;

    public int Dimensions => categories?.Part?.FusedDimensions ?? projection.OutputDimensions;

    /// <summary>Projection, L2.</summary>
    /// <param name="unitFeatures">n x feature dimensions, L2-normalised.</param>
    /// <param name="projection">The learned reduction.</param>
    /// <returns>n x output dimensions.</returns>
    public static FeatureMatrix Reduce(FeatureMatrix unitFeatures, IProjection projection)
    {
        var rows = new FeatureMatrix(unitFeatures.Rows, projection.OutputDimensions);
        projection.Project(unitFeatures, rows);
        UnitRows.Normalize(rows);
        return rows;
    }

    /// <summary>Unit rows, n x <see cref="Dimensions"/>.</summary>
    /// <param name="features">n x feature dimensions; normalised in place.</param>
    /// <param name="known">n categories, null for the unknown; null for queries, whose categories are predicted.</param>
    public FeatureMatrix ToUnitRows(FeatureMatrix features, IReadOnlyList<string?>? known = null)
    {
        UnitRows.Normalize(features);
        var rows = Reduce(features, projection);
        return categories?.Fuse(rows, known) ?? rows;
    }

    /// <summary>The row of the same picture under another category (null when not known).</summary>
    public float[] Relabel(ReadOnlySpan<float> row, string? category) =>
        categories?.Part is { } part ? categories.Fuse(FeatureMatrix.Wrap(part.UnitRow(row), part.Dimensions), [category])[0].ToArray() : row.ToArray();

    /// <summary>The row's cluster and its squared distance to that centroid.</summary>
    public (int Cluster, float Distance) Place(ReadOnlySpan<float> row)
    {
        var cluster = clustering.Assign(row);
        var distance = TensorPrimitives.Distance<float>(row, clustering.Centroids[cluster]);
        return (cluster, distance * distance);
    }
}
