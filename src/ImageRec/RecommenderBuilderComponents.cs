using ImageRec.Clustering;
using ImageRec.Learning;
using ImageRec.Ranking;
using ImageRec.Reduction;

namespace ImageRec;

/// <content>The library's own components, one method each.</content>
public sealed partial class RecommenderBuilder
{
    /// <summary>Shortens rows by principal component analysis.</summary>
    public RecommenderBuilder ReduceWithPca() => ReduceWithPca(_ => { });

    /// <summary>Shortens rows by principal component analysis.</summary>
    /// <param name="dimensions">Dimensions per row afterwards; see <see cref="PcaOptions.Dimensions"/>.</param>
    public RecommenderBuilder ReduceWithPca(int dimensions) =>
        ReduceWithPca(o => o.Dimensions = dimensions);

    /// <summary>Shortens rows by principal component analysis.</summary>
    /// <param name="configure">Changes the defaults.</param>
    public RecommenderBuilder ReduceWithPca(Action<PcaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new PcaOptions();
        configure(options);
        return UseReducer(new PcaReducer(options));
    }

    /// <summary>Leaves rows as long as the embeddings of the extractor.</summary>
    public RecommenderBuilder WithoutReduction() => UseReducer(new NoReduction());

    /// <summary>
    /// Learns the items' categories, so that the category of an image can be predicted and items of the query's category come first.
    /// </summary>
    /// <param name="configure">Changes the defaults.</param>
    /// <remarks>Items without a category are allowed; they count as what they are predicted to be.</remarks>
    public RecommenderBuilder LearnCategories(Action<CategoryOptions>? configure = null)
    {
        var options = new CategoryOptions();
        configure?.Invoke(options);
        options.Validate();
        ICategoryLearner learner = options.Trainer switch
        {
            CategoryTrainer.MaximumEntropy => new MaxEntropyLearner(options.L2Regularization),
            _ => new KernelRidgeLearner(l2: options.L2Regularization),
        };
        return UseCategoryLearner(learner, options.Weight, options.Folds, options.CategoryFirst);
    }

    /// <summary>Groups rows by k-means.</summary>
    public RecommenderBuilder ClusterWithKMeans() => ClusterWithKMeans(_ => { });

    /// <summary>Groups rows by k-means.</summary>
    /// <param name="clusters">Number of groups; see <see cref="KMeansOptions.Clusters"/>.</param>
    public RecommenderBuilder ClusterWithKMeans(int clusters) =>
        ClusterWithKMeans(o => o.Clusters = clusters);

    /// <summary>Groups rows by k-means.</summary>
    /// <param name="configure">Changes the defaults.</param>
    public RecommenderBuilder ClusterWithKMeans(Action<KMeansOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new KMeansOptions();
        configure(options);
        return UseClusterer(new KMeansClusterer(options));
    }

    /// <summary>Puts all rows into one group.</summary>
    public RecommenderBuilder WithoutClusters() => UseClusterer(new SingleCluster());

    /// <summary>Opens a catalog file that was built from a folder or a CSV file.</summary>
    /// <param name="file">A file that a build has finished.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="CatalogFileException">
    /// No such file, damaged, unfinished, of a newer version, or built with other components.
    /// </exception>
    public Task<RecommendationEngine<CatalogItem>> OpenAsync(
        string file, CancellationToken cancellationToken = default) => OpenAsync<CatalogItem>(file, cancellationToken);
}
