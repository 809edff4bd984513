using System.Numerics.Tensors;
using ImageRec.Fitting;
using ImageRec.Vectors;

namespace ImageRec.Clustering;

/// <summary>Assigns rows to the nearest of the learned centroids.</summary>
internal sealed class KMeansClustering : IClustering
{
    private const string Kind = "IRKM";
    private readonly float[] _halfSquares;

    private KMeansClustering(FeatureMatrix centroids, float inertia)
    {
        Centroids = centroids;
        Inertia = inertia;
        _halfSquares = new float[centroids.Rows];
        for (var i = 0; i < centroids.Rows; i++)
            _halfSquares[i] = TensorPrimitives.SumOfSquares<float>(centroids[i]) / 2;
    }

    public string Name => $"k-means({ClusterCount})";

    public int ClusterCount => Centroids.Rows;

    public FeatureMatrix Centroids { get; }

    /// <summary>Mean squared distance of the sample's rows from their centroids, 0 to 4.</summary>
    public float Inertia { get; }

    /// <summary>Measures the inertia of centroids.</summary>
    /// <param name="centroids">k x d.</param>
    /// <param name="sample">n x d rows to measure the inertia on.</param>
    public static KMeansClustering Of(FeatureMatrix centroids, FeatureMatrix sample) =>
        new(centroids, (float)new KMeansClustering(centroids, 0).MeanSquaredDistance(sample));

    public int Assign(ReadOnlySpan<float> row)
    {
        if (row.Length != Centroids.Columns)
        {
            throw new ArgumentException(
                $"The row has {row.Length} dimensions; {Name} was fitted on rows of {Centroids.Columns}.", nameof(row));
        }
        // |row - c|^2 = |row|^2 - 2 (row . c - |c|^2 / 2): the nearest is the largest of what stands in brackets.
        var nearest = 0;
        var best = float.NegativeInfinity;
        for (var i = 0; i < Centroids.Rows; i++)
        {
            var closeness = TensorPrimitives.Dot(row, Centroids[i]) - _halfSquares[i];
            if (closeness > best)
                (best, nearest) = (closeness, i);
        }
        return nearest;
    }

    public void Save(Stream destination) =>
        MatrixState.Write(destination, Kind, Centroids, FeatureMatrix.Wrap([Inertia], 1));

    public static KMeansClustering Load(Stream source)
    {
        if (MatrixState.Read(source, Kind, count: 2) is not [{ Rows: > 0 } centroids, { Rows: 1, Columns: 1 } inertia])
            throw StateFrame.Damaged(Kind, "its matrices do not fit together");
        return new KMeansClustering(centroids, inertia.Values.Span[0]);
    }

    private double MeanSquaredDistance(FeatureMatrix rows)
    {
        double sum = 0;
        for (var i = 0; i < rows.Rows; i++)
        {
            double distance = TensorPrimitives.Distance<float>(rows[i], Centroids[Assign(rows[i])]);
            sum += distance * distance;
        }
        return rows.Rows == 0 ? 0 : sum / rows.Rows;
    }
}
