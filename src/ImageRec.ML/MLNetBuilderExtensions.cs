using ImageRec.ML.Clustering;
using ImageRec.ML.Features;
using ImageRec.ML.Learning;
using ImageRec.ML.Reduction;
using Microsoft.ML;

namespace ImageRec;

/// <summary>Adds ML.NET's estimators to builders as components, one method each.</summary>
public static class MLNetBuilderExtensions
{
    /// <summary>
    /// Computes embeddings by a whole ML.NET pipeline that starts from a column of images, such as ResizeImages, ExtractPixels and
    /// ApplyOnnxModel. Every engine fits it for itself, on no images, and disposes it.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Short printable name.</param>
    /// <param name="pipeline">Makes the pipeline.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">An extractor was chosen before.</exception>
    public static RecommenderBuilder UseMLNetExtractor(
        this RecommenderBuilder builder,
        string name,
        Func<MLContext, IEstimator<ITransformer>> pipeline,
        Action<MLNetExtractorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(pipeline);
        var options = MLNetExtractorOptions.From(configure, builder.Limits);
        return builder.UseExtractor(name, () => MLNetFeatureExtractor.Fit(name, pipeline, options));
    }

    /// <summary>Shortens rows by any ML.NET estimator that makes vectors of vectors.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Identifies the estimator and its settings; the catalog file is opened with the same name again.</param>
    /// <param name="estimator">Makes the estimator, for a context that carries the seed.</param>
    /// <param name="inputColumn">The column it reads: a vector of Single.</param>
    /// <param name="outputColumn">The column it makes: a vector of Single of known length.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">A reducer was chosen before.</exception>
    public static RecommenderBuilder ReduceWithMLNet(
        this RecommenderBuilder builder,
        string name,
        Func<MLContext, IEstimator<ITransformer>> estimator,
        string inputColumn = "Features",
        string outputColumn = "Features")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseReducer(new MLNetReducer(name, estimator, inputColumn, outputColumn));
    }

    /// <summary>Learns the items' categories by a random forest per category, as Ullah et al. do: fitted by ML.NET's FastForest.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">A category learner was chosen before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static RecommenderBuilder LearnCategoriesWithForest(this RecommenderBuilder builder, Action<ForestOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new ForestOptions();
        configure?.Invoke(options);
        return builder.UseCategoryLearner(new RandomForestLearner(options.Trees), options.Weight, categoryFirst: options.CategoryFirst);
    }

    /// <summary>
    /// Lets catalog files be opened whose categories were learned by <see cref="LearnCategoriesWithForest"/>, by a program that does not
    /// know beforehand which were.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static RecommenderBuilder RestoreForests(this RecommenderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddRestorable(() => new RandomForestLearner());
        return builder;
    }

    /// <summary>Learns the items' categories by any ML.NET multiclass trainer, or a pipeline that ends in one.</summary>
    /// <remarks>Scores that are not probabilities become so by a softmax; the build calibrates either.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Identifies the estimator and its settings; the catalog file is opened with the same name again.</param>
    /// <param name="estimator">
    /// Makes the estimator, for a context that carries the seed: it reads the columns Features (a vector of Single) and Label (a key) and
    /// makes Score (one number per category). Called for every fit, on several threads.
    /// </param>
    /// <param name="weight">See <see cref="CategoryOptions.Weight"/>.</param>
    /// <param name="categoryFirst">See <see cref="CategoryOptions.CategoryFirst"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">A category learner was chosen before.</exception>
    /// <example>
    /// <code>
    /// // with a reference to Microsoft.ML.LightGbm
    /// builder.LearnCategoriesWithMLNet("light-gbm(100)", ml => ml.MulticlassClassification.Trainers.LightGbm(numberOfIterations: 100));
    /// </code>
    /// </example>
    public static RecommenderBuilder LearnCategoriesWithMLNet(
        this RecommenderBuilder builder, string name, Func<MLContext, IEstimator<ITransformer>> estimator, float? weight = null,
        bool categoryFirst = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseCategoryLearner(new MLNetCategoryLearner(name, estimator), weight, categoryFirst: categoryFirst);
    }

    /// <summary>Groups rows by any ML.NET trainer or estimator that gives rows a label.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Identifies the estimator and its settings; the catalog file is opened with the same name again.</param>
    /// <param name="estimator">Makes the estimator, for a context that carries the seed.</param>
    /// <param name="inputColumn">The column it reads: a vector of Single.</param>
    /// <param name="labelColumn">The column it makes: a key, as clustering trainers do, or a Boolean.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">A clusterer was chosen before.</exception>
    public static RecommenderBuilder ClusterWithMLNet(
        this RecommenderBuilder builder,
        string name,
        Func<MLContext, IEstimator<ITransformer>> estimator,
        string inputColumn = "Features",
        string labelColumn = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseClusterer(new MLNetClusterer(name, estimator, inputColumn, labelColumn));
    }
}
