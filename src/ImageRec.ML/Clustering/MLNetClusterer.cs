using ImageRec.Clustering;
using ImageRec.Fitting;
using ImageRec.ML.Fitting;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.ML.Clustering;

/// <summary>
/// Groups rows by any ML.NET trainer or estimator that gives rows a label: a clustering trainer, or a whole pipeline that ends in one.
/// </summary>
internal sealed class MLNetClusterer : IClusterer
{
    private readonly Func<MLContext, IEstimator<ITransformer>> _estimator;
    private readonly string _inputColumn;
    private readonly string _labelColumn;

    /// <summary>Chooses the clustering.</summary>
    /// <param name="name">Identifies the estimator and its settings; a catalog file is opened with the same name again.</param>
    /// <param name="estimator">Makes the estimator, for a context that carries the seed; called for every fit.</param>
    /// <param name="inputColumn">The column it reads: a vector of Single.</param>
    /// <param name="labelColumn">The column it makes: a key, as clustering trainers do, or a Boolean.</param>
    public MLNetClusterer(
        string name,
        Func<MLContext, IEstimator<ITransformer>> estimator,
        string inputColumn = "Features",
        string labelColumn = "PredictedLabel")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentException.ThrowIfNullOrWhiteSpace(inputColumn);
        ArgumentException.ThrowIfNullOrWhiteSpace(labelColumn);
        Name = name;
        (_estimator, _inputColumn, _labelColumn) = (estimator, inputColumn, labelColumn);
    }

    public string Name { get; }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The pipeline has no such label column, or it holds something else than labels.</exception>
    public IClustering Fit(FeatureMatrix unitRows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(unitRows);
        context.CancellationToken.ThrowIfCancellationRequested();
        var view = new MatrixDataView(unitRows, _inputColumn);
        var model = _estimator(new MLContext(context.Seed)).Fit(view);
        context.CancellationToken.ThrowIfCancellationRequested();
        return MLNetClustering.Of(Name, model, view.Schema, _inputColumn, _labelColumn, unitRows);
    }

    public IClustering Load(Stream source)
    {
        var centroids = MLNetClustering.LoadCentroids(source);
        var (model, input) = MLNetState.Load(source);
        try
        {
            return new MLNetClustering(Name, model, input, _inputColumn, _labelColumn, centroids);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The saved ML.NET model is not that of {Name}: {e.Message}", e);
        }
    }
}
