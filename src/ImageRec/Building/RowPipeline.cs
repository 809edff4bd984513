using System.Numerics.Tensors;
using ImageRec.Clustering;
using ImageRec.Features;
using ImageRec.Reduction;
using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>The learned way from a picture's features to its unit row and its cluster.</summary>
internal sealed class RowPipeline(IProjection projection, IClustering clustering)
{
    public IProjection Projection => projection;

    public IClustering Clustering => clustering;

    public int Dimensions => projection.OutputDimensions;

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

    /// <summary>Unit rows of features, n x <see cref="Dimensions"/>; the features are normalised in place.</summary>
    public FeatureMatrix ToUnitRows(FeatureMatrix features)
    {
        UnitRows.Normalize(features);
        return Reduce(features, projection);
    }

    /// <summary>The row's cluster and its squared distance to that centroid.</summary>
    public (int Cluster, float Distance) Place(ReadOnlySpan<float> row)
    {
        var cluster = clustering.Assign(row);
        var distance = TensorPrimitives.Distance<float>(row, clustering.Centroids[cluster]);
        return (cluster, distance * distance);
    }
}
