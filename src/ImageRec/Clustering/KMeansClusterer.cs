using ImageRec.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace ImageRec.Clustering;

/// <summary>Learns groups around centroids by ML.NET's k-means.</summary>
/// <remarks>
/// Lloyd, "Least squares quantization in PCM", 1982; started by k-means++ (Arthur and Vassilvitskii, 2007). ML.NET counts labels from 1,
/// this class from 0.
/// </remarks>
internal sealed class KMeansClusterer : IClusterer
{
    private const string Column = "Features";
    private const int MostByDefault = 64;
    private readonly KMeansOptions _options;

    /// <summary>Chooses the clustering.</summary>
    /// <param name="options">Copied; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the <paramref name="options"/> is out of range.</exception>
    public KMeansClusterer(KMeansOptions? options = null)
    {
        _options = options?.Copy() ?? new KMeansOptions();
        if (_options.Clusters is { } clusters)
            ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1, nameof(KMeansOptions.Clusters));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxIterations, 1, nameof(KMeansOptions.MaxIterations));
    }

    public string Name => _options.Clusters is { } clusters ? $"k-means({clusters})" : "k-means";

    /// <inheritdoc />
    /// <remarks>Any number of rows works; without any, there is one group whose centroid is zero.</remarks>
    /// <exception cref="ArgumentException">A value is not finite; the message names the row.</exception>
    public IClustering Fit(FeatureMatrix unitRows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        var wanted = _options.Clusters ?? Math.Clamp((int)Math.Sqrt(unitRows.Rows / 2.0), 1, MostByDefault);
        var distinct = DistinctRows.Find(unitRows, wanted + 1);
        var centroids = distinct.Length > wanted ? FittedByMLNet(unitRows, wanted, context) : Chosen(unitRows, distinct);
        return KMeansClustering.Of(centroids, unitRows);
    }

    public IClustering Load(Stream source) => KMeansClustering.Load(source);

    private static FeatureMatrix Chosen(FeatureMatrix rows, int[] distinct) =>
        distinct.Length == 0 ? new FeatureMatrix(1, rows.Columns) : rows.Select(distinct);

    private FeatureMatrix FittedByMLNet(FeatureMatrix rows, int clusters, FitContext context)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var ml = new MLContext(context.Seed);
        var trainer = ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options
        {
            FeatureColumnName = Column,
            NumberOfClusters = clusters,
            MaximumNumberOfIterations = _options.MaxIterations,
            InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus,
            // Sums of several threads would be added in any order: the last bits would not repeat.
            NumberOfThreads = 1,
        });
        var fitted = Array.Empty<VBuffer<float>>();
        trainer.Fit(new MatrixDataView(rows, Column)).Model.GetClusterCentroids(ref fitted, out var count);
        context.CancellationToken.ThrowIfCancellationRequested();
        var centroids = new FeatureMatrix(count, rows.Columns);
        for (var i = 0; i < count; i++)
            fitted[i].CopyTo(centroids[i]);
        return centroids;
    }
}
