using System.Numerics.Tensors;
using ImageRec.Fitting;
using ImageRec.Vectors;

namespace ImageRec.Clustering;

/// <summary>Puts everything in one group: the clusterer that does nothing.</summary>
internal sealed class SingleCluster : IClusterer
{
    private const string Kind = "IRSC";

    public string Name => "none";

    public IClustering Fit(FeatureMatrix unitRows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        var mean = new FeatureMatrix(1, unitRows.Columns);
        for (var i = 0; i < unitRows.Rows; i++)
            TensorPrimitives.Add(mean[0], unitRows[i], mean[0]);
        if (unitRows.Rows > 0)
            TensorPrimitives.Divide(mean[0], unitRows.Rows, mean[0]);
        return new OneGroup(mean);
    }

    public IClustering Load(Stream source) =>
        MatrixState.Read(source, Kind, count: 1) is [{ Rows: 1 } mean]
            ? new OneGroup(mean)
            : throw StateFrame.Damaged(Kind, "it does not hold one centroid");

    private sealed class OneGroup(FeatureMatrix mean) : IClustering
    {
        public string Name => "none";

        public int ClusterCount => 1;

        public FeatureMatrix Centroids => mean;

        public int Assign(ReadOnlySpan<float> row) => row.Length == mean.Columns
            ? 0
            : throw new ArgumentException(
                $"The row has {row.Length} dimensions; the group was fitted on rows of {mean.Columns}.", nameof(row));

        public void Save(Stream destination) => MatrixState.Write(destination, Kind, mean);
    }
}
