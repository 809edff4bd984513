using ImageRec.Evaluation;
using ImageRec.Evaluation.Folds;
using ImageRec.Evaluation.Inspection;
using ImageRec.Evaluation.Queries;

namespace ImageRec;

/// <summary>Measures what an engine answers, reports on it and exports its rows.</summary>
public static partial class EvaluationExtensions
{
    /// <summary>Asks with images that are not in the catalog. An answer counts as right when it is of the query's category.</summary>
    /// <typeparam name="TItem">The type of the catalog's items.</typeparam>
    /// <typeparam name="TQuery">The type of the queries' items.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="queries">
    /// Images with categories, such as <c>ImageCatalog.FromFolder("validation")</c>. The report lists those that cannot be used.
    /// </param>
    /// <param name="options">Says what to measure. Null takes the defaults.</param>
    /// <param name="progress">Receives reports of progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="CatalogException">
    /// No query can be used: none has a category, the catalog has none of their categories, or none can be read.
    /// </exception>
    public static Task<EvaluationReport> EvaluateAsync<TItem, TQuery>(
        this RecommendationEngine<TItem> engine, ImageCatalog<TQuery> queries, EvaluationOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(queries);
        var evaluator = new Evaluator<TItem>(engine, (options ?? new()).Checked(), progress, cancellationToken);
        return Task.Run(() => evaluator.AskAsync(queries), cancellationToken);
    }

    /// <summary>
    /// Asks with each of the catalog's items and searches the others. Neither the item itself nor an exact copy of its image is an answer.
    /// </summary>
    /// <typeparam name="TItem">The type of the catalog's items.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="options">Says what to measure. Null takes the defaults.</param>
    /// <param name="progress">Receives reports of progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="CatalogException">No item has a category, or no category has two items.</exception>
    public static Task<EvaluationReport> EvaluateLeaveOneOutAsync<TItem>(
        this RecommendationEngine<TItem> engine, EvaluationOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var evaluator = new Evaluator<TItem>(engine, (options ?? new()).Checked(), progress, cancellationToken);
        return Task.Run(evaluator.LeaveOneOutAsync, cancellationToken);
    }

    /// <summary>Divides a catalog into folds by category.</summary>
    /// <typeparam name="TItem">The type of the catalog's items.</typeparam>
    /// <param name="catalog">The products. They are enumerated once, by this call.</param>
    /// <param name="folds">The number of folds, 2 or more.</param>
    /// <param name="group">
    /// Names what must stay together, such as the product that a photo shows. Null takes <see cref="CatalogEntry{TItem}.Group"/>, and an item without a group is one of its own.
    /// </param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="CatalogException">The catalog is empty, or has an id twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more folds than groups.</exception>
    public static IReadOnlyList<Fold<ImageCatalog<TItem>>> Folds<TItem>(
        this ImageCatalog<TItem> catalog, int folds, Func<CatalogEntry<TItem>, string>? group = null, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Splits.Of(catalog, folds, group, seed);
    }

    /// <summary>
    /// Measures how compact the clusters are, how far apart they lie, how well they agree with the categories, and what other numbers of
    /// clusters would give.
    /// </summary>
    /// <inheritdoc cref="EvaluateLeaveOneOutAsync" path="/typeparam" />
    /// <inheritdoc cref="EvaluateLeaveOneOutAsync" path="/param" />
    public static Task<ClusteringReport> EvaluateClustersAsync<TItem>(
        this RecommendationEngine<TItem> engine, ClusteringOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var own = (options ?? new()).Checked();
        return Task.Run(() => ClusteringEvaluation.RunAsync(engine, own, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Measures which share of the true nearest neighbors the index finds, and how evenly items occur among them.</summary>
    /// <inheritdoc cref="EvaluateLeaveOneOutAsync" path="/typeparam" />
    /// <inheritdoc cref="EvaluateLeaveOneOutAsync" path="/param" />
    public static Task<IndexReport> EvaluateIndexAsync<TItem>(
        this RecommendationEngine<TItem> engine, IndexOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var own = (options ?? new()).Checked();
        return Task.Run(() => IndexEvaluation.RunAsync(engine, own, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Finds exact duplicates, near duplicates, outliers, and categories that are likely wrong.</summary>
    /// <inheritdoc cref="EvaluateLeaveOneOutAsync" path="/typeparam" />
    /// <inheritdoc cref="EvaluateLeaveOneOutAsync" path="/param" />
    public static Task<DataReport> CheckDataAsync<TItem>(
        this RecommendationEngine<TItem> engine, DataCheckOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var own = (options ?? new()).Checked();
        return Task.Run(() => new DataInspection<TItem>(engine, own, progress, cancellationToken).RunAsync(), cancellationToken);
    }
}
