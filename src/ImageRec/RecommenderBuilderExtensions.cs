using ImageRec.Clustering;
using ImageRec.Learning;
using ImageRec.Ranking;
using ImageRec.Reduction;

namespace ImageRec;

/// <summary>Chooses the library's own components, one method each.</summary>
public static class RecommenderBuilderExtensions
{
    /// <summary>Shortens rows by principal component analysis.</summary>
    /// <param name="builder">The builder.</param>
    public static RecommenderBuilder ReduceWithPca(this RecommenderBuilder builder) => builder.ReduceWithPca(_ => { });

    /// <summary>Shortens rows by principal component analysis.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="dimensions">Dimensions per row afterwards; see <see cref="PcaOptions.Dimensions"/>.</param>
    public static RecommenderBuilder ReduceWithPca(this RecommenderBuilder builder, int dimensions) =>
        builder.ReduceWithPca(o => o.Dimensions = dimensions);

    /// <summary>Shortens rows by principal component analysis.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the defaults.</param>
    public static RecommenderBuilder ReduceWithPca(this RecommenderBuilder builder, Action<PcaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new PcaOptions();
        configure(options);
        return builder.UseReducer(new PcaReducer(options));
    }

    /// <summary>Leaves rows as long as the embeddings of the extractor.</summary>
    public static RecommenderBuilder WithoutReduction(this RecommenderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseReducer(new NoReduction());
    }

    /// <summary>
    /// Learns the items' categories, so that the category of an image can be predicted and items of the query's category come first.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <remarks>Items without a category are allowed; they count as what they are predicted to be.</remarks>
    public static RecommenderBuilder LearnCategories(this RecommenderBuilder builder, Action<CategoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new CategoryOptions();
        configure?.Invoke(options);
        options.Validate();
        ICategoryLearner learner = options.Trainer switch
        {
            CategoryTrainer.MaximumEntropy => new MaxEntropyLearner(options.L2Regularization),
            _ => new KernelRidgeLearner(l2: options.L2Regularization),
        };
        return builder.UseCategoryLearner(learner, options.Weight, options.Folds);
    }

    /// <summary>Groups rows by k-means.</summary>
    /// <param name="builder">The builder.</param>
    public static RecommenderBuilder ClusterWithKMeans(this RecommenderBuilder builder) => builder.ClusterWithKMeans(_ => { });

    /// <summary>Groups rows by k-means.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="clusters">Number of groups; see <see cref="KMeansOptions.Clusters"/>.</param>
    public static RecommenderBuilder ClusterWithKMeans(this RecommenderBuilder builder, int clusters) =>
        builder.ClusterWithKMeans(o => o.Clusters = clusters);

    /// <summary>Groups rows by k-means.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the defaults.</param>
    public static RecommenderBuilder ClusterWithKMeans(this RecommenderBuilder builder, Action<KMeansOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new KMeansOptions();
        configure(options);
        return builder.UseClusterer(new KMeansClusterer(options));
    }

    /// <summary>Puts all rows into one group.</summary>
    public static RecommenderBuilder WithoutClusters(this RecommenderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseClusterer(new SingleCluster());
    }

    /// <summary>Opens a catalog file that was built from a folder or a CSV file.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="file">A file that a build has finished.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="CatalogFileException">
    /// No such file, damaged, unfinished, of a newer version, or built with other components.
    /// </exception>
    public static Task<RecommendationEngine<CatalogItem>> OpenAsync(
        this RecommenderBuilder builder, string file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.OpenAsync<CatalogItem>(file, cancellationToken);
    }
}
