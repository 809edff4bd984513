using ImageRec.Fitting;
using ImageRec.ML.Fitting;
using ImageRec.Reduction;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.ML.Reduction;

/// <summary>Reduces rows by any ML.NET estimator that makes vectors of vectors.</summary>
internal sealed class MLNetReducer : IReducer
{
    private readonly Func<MLContext, IEstimator<ITransformer>> _estimator;
    private readonly string _inputColumn;
    private readonly string _outputColumn;

    /// <summary>Chooses the reduction.</summary>
    /// <param name="name">
    /// Identifies the estimator and its settings, such as <c>whitened(64)</c>; a catalog file is opened with the same name again.
    /// </param>
    /// <param name="estimator">Makes the estimator, for a context that carries the seed; called for every fit.</param>
    /// <param name="inputColumn">The column it reads: a vector of Single.</param>
    /// <param name="outputColumn">The column it makes: a vector of Single of known length.</param>
    public MLNetReducer(
        string name,
        Func<MLContext, IEstimator<ITransformer>> estimator,
        string inputColumn = "Features",
        string outputColumn = "Features")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentException.ThrowIfNullOrWhiteSpace(inputColumn);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumn);
        Name = name;
        (_estimator, _inputColumn, _outputColumn) = (estimator, inputColumn, outputColumn);
    }

    public string Name { get; }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">
    /// The pipeline has no such output column, or it holds something else than vectors of Single.
    /// </exception>
    public IProjection Fit(FeatureMatrix features, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(features);
        context.CancellationToken.ThrowIfCancellationRequested();
        var view = new MatrixDataView(features, _inputColumn);
        var model = _estimator(new MLContext(context.Seed)).Fit(view);
        context.CancellationToken.ThrowIfCancellationRequested();
        return new MLNetProjection(Name, model, view.Schema, _inputColumn, _outputColumn);
    }

    public IProjection Load(Stream source)
    {
        var (model, input) = MLNetState.Load(source);
        try
        {
            return new MLNetProjection(Name, model, input, _inputColumn, _outputColumn);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The saved ML.NET model is not that of {Name}: {e.Message}", e);
        }
    }
}
