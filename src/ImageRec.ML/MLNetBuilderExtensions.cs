using ImageRec.ML;
using Microsoft.ML;

namespace ImageRec;

/// <summary>ML.NET's estimators as components, one method each.</summary>
public static class MLNetBuilderExtensions
{
    /// <summary>Shortens rows by any ML.NET estimator that makes vectors of vectors.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Identifies the estimator and its settings; the catalogue file is opened with the same name again.</param>
    /// <param name="estimator">Makes the estimator, for a context that carries the seed.</param>
    /// <param name="inputColumn">The column it reads.</param>
    /// <param name="outputColumn">The column it makes.</param>
    public static RecommenderBuilder ReduceWithMLNet(
        this RecommenderBuilder builder, string name, Func<MLContext, IEstimator<ITransformer>> estimator, string inputColumn = "Features", string outputColumn = "Features")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseReducer(new MLNetReducer(name, estimator, inputColumn, outputColumn));
    }

    /// <summary>Learns the items' categories by a random forest per category, as Ullah et al. do: fitted by ML.NET's FastForest.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the defaults.</param>
    public static RecommenderBuilder LearnCategoriesWithForest(this RecommenderBuilder builder, Action<ForestOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new ForestOptions();
        configure?.Invoke(options);
        return builder.UseCategoryLearner(new RandomForestLearner(options.Trees), options.Weight);
    }

    /// <summary>Lets catalog files be opened whose categories were learned by <see cref="LearnCategoriesWithForest"/>, by a program that does not know beforehand which were.</summary>
    /// <param name="builder">The builder.</param>
    public static RecommenderBuilder RestoreForests(this RecommenderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddRestorable(() => new RandomForestLearner());
        return builder;
    }

    /// <summary>Learns the items' categories by any ML.NET multiclass trainer.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Identifies the estimator and its settings; the catalogue file is opened with the same name again.</param>
    /// <param name="estimator">Makes the estimator, for a context that carries the seed: it reads the columns Features (vector) and Label (key) and makes Score (a number a category).</param>
    /// <param name="weight">See <see cref="CategoryOptions.Weight"/>.</param>
    /// <example>
    /// <code>
    /// // with a reference to Microsoft.ML.LightGbm
    /// builder.LearnCategoriesWithMLNet("light-gbm(100)", ml => ml.MulticlassClassification.Trainers.LightGbm(numberOfIterations: 100));
    /// </code>
    /// </example>
    public static RecommenderBuilder LearnCategoriesWithMLNet(
        this RecommenderBuilder builder, string name, Func<MLContext, IEstimator<ITransformer>> estimator, float? weight = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseCategoryLearner(new MLNetCategoryLearner(name, estimator), weight);
    }

    /// <summary>Groups rows by any ML.NET trainer or estimator that gives rows a label.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Identifies the estimator and its settings; the catalogue file is opened with the same name again.</param>
    /// <param name="estimator">Makes the estimator, for a context that carries the seed.</param>
    /// <param name="inputColumn">The column it reads.</param>
    /// <param name="labelColumn">The column it makes.</param>
    public static RecommenderBuilder ClusterWithMLNet(
        this RecommenderBuilder builder, string name, Func<MLContext, IEstimator<ITransformer>> estimator, string inputColumn = "Features", string labelColumn = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseClusterer(new MLNetClusterer(name, estimator, inputColumn, labelColumn));
    }
}
