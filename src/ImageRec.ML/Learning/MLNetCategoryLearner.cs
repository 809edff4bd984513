using ImageRec.Learning;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.ML.Learning;

/// <summary>Learns categories by any ML.NET multiclass trainer, or a pipeline that ends in one.</summary>
/// <remarks>
/// The pipeline finds the rows in the column Features (a vector of Single) and the categories in the column Label (a key), and makes the
/// column Score (one number per category). Scores that are not probabilities become so by a softmax; the build calibrates either.
/// </remarks>
internal sealed class MLNetCategoryLearner : ICategoryLearner
{
    private readonly Func<MLContext, IEstimator<ITransformer>> _estimator;

    /// <summary>Chooses the learning.</summary>
    /// <param name="name">
    /// Identifies the estimator and its settings, such as <c>light-gbm(100)</c>; a catalog file is opened with the same name again.
    /// </param>
    /// <param name="estimator">Makes the estimator, for a context that carries the seed; called for every fit, on several threads.</param>
    public MLNetCategoryLearner(string name, Func<MLContext, IEstimator<ITransformer>> estimator)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(estimator);
        Name = name;
        _estimator = estimator;
    }

    public string Name { get; }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The pipeline has no Score column, or not one number per category in it.</exception>
    public ICategoryClassifier Fit(FeatureMatrix unitRows, IReadOnlyList<string> categories, FitContext context)
    {
        var names = ClassifierShapes.Categories(unitRows, categories);
        context.CancellationToken.ThrowIfCancellationRequested();
        var ml = new MLContext(context.Seed);
        var model = _estimator(ml).Fit(LabeledRows.Of(ml, unitRows, categories, names));
        context.CancellationToken.ThrowIfCancellationRequested();
        return MLNetClassifier.Of(Name, names, model, unitRows);
    }

    public ICategoryClassifier Load(Stream source, IReadOnlyList<string> categories) => MLNetClassifier.Load(source, Name, categories);
}
