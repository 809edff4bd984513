using System.Globalization;
using System.Numerics.Tensors;
using ImageRec.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.Reduction;

/// <summary>Principal component analysis, fitted by ML.NET.</summary>
/// <remarks>
/// ML.NET finds the subspace by a randomized method (Halko, Martinsson and Tropp, "Finding structure with randomness", 2011, section 5.5
/// with one power step). Inside it the components are then exact for the sample (Rayleigh-Ritz), in order of variance and at right angles.
/// Each component's value of the largest magnitude is positive.
/// </remarks>
internal sealed class PcaReducer : IReducer
{
    /// <summary>
    /// The default dimensions where categories are learned from the rows too: telling categories apart needs more than ranking does.
    /// </summary>
    public const int DimensionsForCategories = 256;

    private const string Column = "Features";
    private readonly PcaOptions _options;

    /// <summary>Chooses the reduction.</summary>
    /// <param name="options">Copied; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the <paramref name="options"/> is out of range.</exception>
    public PcaReducer(PcaOptions? options = null)
    {
        _options = options?.Copy() ?? new PcaOptions();
        if (_options.Dimensions is { } dimensions)
            ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1, nameof(PcaOptions.Dimensions));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Oversampling, nameof(PcaOptions.Oversampling));
        if (!(Math.Abs(_options.Weighting) <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), _options.Weighting, "Weighting goes from -1 (whitening) to 1.");
    }

    /// <summary>Dimensions per row where the options leave them open.</summary>
    public int DefaultDimensions { get; init; } = PcaOptions.DefaultDimensions;

    public string Name => _options.Weighting == PcaOptions.DefaultWeighting
        ? $"pca({_options.Dimensions ?? DefaultDimensions})"
        : string.Create(CultureInfo.InvariantCulture, $"pca({_options.Dimensions ?? DefaultDimensions}, weighting {_options.Weighting})");

    /// <inheritdoc />
    /// <remarks>
    /// Any number of rows works, none included: what they do not determine is filled with random directions, which explain nothing of the
    /// sample.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The rows have fewer dimensions than <see cref="PcaOptions.Dimensions"/>, or a value is not finite.
    /// </exception>
    public IProjection Fit(FeatureMatrix features, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(features);
        RequireFeatures(features.Columns);
        var dimensions = _options.Dimensions ?? Math.Min(DefaultDimensions, features.Columns);
        var moments = SampleMoments.Of(features, context.CancellationToken);
        var rank = (int)Math.Min(Math.Min((long)dimensions + _options.Oversampling, features.Columns), int.MaxValue);
        var basis = new OrthonormalBasis(rank, features.Columns);
        if (moments.Variance > 0)
        {
            if (features.Rows > rank)
                AddFittedByMLNet(basis, features, context);
            if (basis.Count == 0)
                AddCenteredRows(basis, features, moments);
        }
        else if (features.Rows > 0)
        {
            // All rows are equal: centering would make every row zero, and nothing similar to anything.
            basis.TryAdd(moments.Mean[0].ToArray());
            moments = moments with { Mean = new FeatureMatrix(1, features.Columns) };
        }
        basis.Complete(new Random(context.Seed));
        return PcaRotation.Rotate(features, moments, basis.ToMatrix(), dimensions, _options.Weighting, context.CancellationToken);
    }

    /// <summary>Refuses embeddings that are too short, so that a build fails before it computes any.</summary>
    public void RequireFeatures(int columns)
    {
        if (_options.Dimensions > columns)
        {
            throw new ArgumentException(
                $"{_options.Dimensions} dimensions were asked for; the extractor's embeddings have {columns}, and PCA makes rows shorter. "
                + $"Ask for at most {columns}.");
        }
    }

    public IProjection Load(Stream source) => PcaProjection.Load(source);

    /// <remarks>
    /// All directions ML.NET explored are taken, not only its leading ones. Rows of low rank make it divide by zero, which leaves the basis
    /// empty.
    /// </remarks>
    private static void AddFittedByMLNet(OrthonormalBasis basis, FeatureMatrix features, FitContext context)
    {
        var ml = new MLContext(context.Seed);
        var rank = Math.Min(basis.Capacity, features.Rows - 1);
        var trainer = ml.AnomalyDetection.Trainers.RandomizedPca(
            Column, rank: rank, oversampling: 0, ensureZeroMean: true, seed: context.Seed);
        var vectors = Array.Empty<VBuffer<float>>();
        trainer.Fit(new MatrixDataView(features, Column)).Model.GetEigenVectors(ref vectors, out _);
        context.CancellationToken.ThrowIfCancellationRequested();
        var dense = Array.ConvertAll(vectors, vector => vector.DenseValues().ToArray());
        if (!dense.All(vector => TensorPrimitives.IsFiniteAll<float>(vector)))
            return;
        foreach (var vector in dense)
            basis.TryAdd(vector);
    }

    /// <summary>The rows themselves span all their differences.</summary>
    private static void AddCenteredRows(OrthonormalBasis basis, FeatureMatrix features, SampleMoments moments)
    {
        var centered = new float[features.Columns];
        for (var i = 0; i < features.Rows && !basis.IsFull; i++)
        {
            TensorPrimitives.Subtract(features[i], moments.Mean[0], centered);
            basis.TryAdd(centered);
        }
    }
}
