using ImageRec.Features;

namespace ImageRec.Evaluation;

/// <summary>A grid of pipelines to build from the same pictures and to compare. Every extractor meets every combination of the axes' choices.</summary>
/// <example>
/// <code>
/// var table = await new ExperimentGrid
/// {
///     Extractors = [ExperimentExtractor.Onnx(OnnxModel.Compact)],
///     Axes = [ExperimentAxis.Pca([32, 128], weightings: [0, -1]), ExperimentAxis.Clusters(16, 64)],
/// }.RunAsync(ImageCatalog.FromFolder("photos"), options: new() { CacheFile = "features.cache" });
/// Console.WriteLine(table.ToMarkdown());
/// </code>
/// </example>
public sealed class ExperimentGrid
{
    /// <summary>The networks, one or more; the network inside the package unless set.</summary>
    public IReadOnlyList<ExperimentExtractor> Extractors { get; init; } = [new("compact", "", () => new OnnxFeatureExtractor(OnnxModel.Compact))];

    /// <summary>What else varies; nothing unless set. The first choices of all make the first row, which the others are compared with.</summary>
    public IReadOnlyList<ExperimentAxis> Axes { get; init; } = [];

    /// <summary>Builds and measures every cell. A cell that fails is a row with its error, and the grid goes on.</summary>
    /// <typeparam name="TItem">The catalogue's own type.</typeparam>
    /// <param name="catalog">What to build from, with categories.</param>
    /// <param name="queries">What to evaluate with; null divides the catalogue into folds, never photos of one thing into several, and holds out each in turn.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="progress">Told where the experiment stands.</param>
    /// <param name="cancellationToken">Stops it; the features computed so far stay in the cache file.</param>
    /// <exception cref="CatalogException">The catalogue or the queries cannot be used.</exception>
    /// <exception cref="CatalogFileException">The cache file cannot be used.</exception>
    public Task<ExperimentTable> RunAsync<TItem>(
        ImageCatalog<TItem> catalog, ImageCatalog<TItem>? queries = null, ExperimentOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        options ??= new ExperimentOptions();
        options.Evaluation.Validate();
        if (Extractors.Count == 0 || Axes.Any(axis => axis.Choices.Count == 0))
            throw new ArgumentException("The grid is empty: it needs one extractor or more, and each axis one choice or more.");
        var figure = QueryFigure.Of(options.Compare);
        return Task.Run(() => new ExperimentRun<TItem>(this, catalog, queries, options, figure, progress, cancellationToken).RunAsync(), cancellationToken);
    }

    /// <summary>Every combination of the axes' choices, the last axis varying fastest.</summary>
    internal IEnumerable<IReadOnlyList<ExperimentChoice>> Combinations() => Axes.Aggregate(
        (IEnumerable<IReadOnlyList<ExperimentChoice>>)[[]],
        (cells, axis) => cells.SelectMany(cell => axis.Choices.Select(IReadOnlyList<ExperimentChoice> (choice) => [.. cell, choice])));
}
