using ImageRec.Evaluation;

namespace ImageRec;

/// <summary>Measures an engine.</summary>
public static class EvaluationExtensions
{
    /// <summary>Looks for pictures that are not in the catalogue and counts answers of the query's category as right.</summary>
    /// <typeparam name="TItem">The catalogue's own type.</typeparam>
    /// <typeparam name="TQuery">The queries' own type.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="queries">Pictures with categories, such as <c>ImageCatalog.FromFolder("validation")</c>. Those that cannot be used are listed in the report.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="progress">Told where the evaluation stands.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <exception cref="CatalogException">No query can be used: none has a category, the catalogue has none of their categories, or none can be read.</exception>
    public static Task<EvaluationReport> EvaluateAsync<TItem, TQuery>(
        this RecommendationEngine<TItem> engine, ImageCatalog<TQuery> queries, EvaluationOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(queries);
        return RunAsync(engine, EvaluationMethod.Queries, list => list.AddAsync(queries), options, progress, cancellationToken);
    }

    /// <summary>Looks for each of the catalogue's items in the rest of it. The item itself and exact copies of its picture are no answers.</summary>
    /// <inheritdoc cref="EvaluateAsync{TItem, TQuery}" />
    /// <exception cref="CatalogException">No item has a category, or no category has two.</exception>
    public static Task<EvaluationReport> EvaluateAsync<TItem>(
        this RecommendationEngine<TItem> engine, EvaluationOptions? options = null, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return RunAsync(engine, EvaluationMethod.LeaveOneOut, list => list.AddItemsAsync(), options, progress, cancellationToken);
    }

    /// <summary>Measures the clusters: how tight they are, how far apart, how well they agree with the categories, and what other numbers of clusters would give.</summary>
    /// <inheritdoc cref="EvaluateAsync{TItem}(RecommendationEngine{TItem}, EvaluationOptions?, IProgress{EvaluationProgress}?, CancellationToken)" path="/param" />
    public static Task<ClusteringReport> EvaluateClustersAsync<TItem>(
        this RecommendationEngine<TItem> engine, ClusteringOptions? options = null, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        options ??= new ClusteringOptions();
        options.Validate();
        return Task.Run(() => ClusteringEvaluation.RunAsync(engine, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Measures the index: the share of the truly nearest it finds, and whether a few items turn up everywhere.</summary>
    /// <inheritdoc cref="EvaluateAsync{TItem}(RecommendationEngine{TItem}, EvaluationOptions?, IProgress{EvaluationProgress}?, CancellationToken)" path="/param" />
    public static Task<IndexReport> EvaluateIndexAsync<TItem>(
        this RecommendationEngine<TItem> engine, IndexOptions? options = null, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        options ??= new IndexOptions();
        options.Validate();
        return Task.Run(() => IndexEvaluation.RunAsync(engine, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Looks for exact and near duplicates, outliers and likely wrong categories.</summary>
    /// <inheritdoc cref="EvaluateAsync{TItem}(RecommendationEngine{TItem}, EvaluationOptions?, IProgress{EvaluationProgress}?, CancellationToken)" path="/param" />
    public static Task<DataReport> CheckDataAsync<TItem>(
        this RecommendationEngine<TItem> engine, DataCheckOptions? options = null, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        options ??= new DataCheckOptions();
        options.Validate();
        return Task.Run(() => new DataChecks<TItem>(engine, options, progress, cancellationToken).RunAsync(), cancellationToken);
    }

    private static Task<EvaluationReport> RunAsync<TItem>(
        RecommendationEngine<TItem> engine, EvaluationMethod method, Func<QueryList<TItem>, Task> collect,
        EvaluationOptions? options, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        options ??= new EvaluationOptions();
        options.Validate();
        return Task.Run(() => new Evaluator<TItem>(engine, options, progress, cancellationToken).RunAsync(method, collect), cancellationToken);
    }
}
