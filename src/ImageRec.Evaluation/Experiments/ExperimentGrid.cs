using ImageRec.Evaluation.Experiments;
using ImageRec.Evaluation.Queries;
using ImageRec.Features;

namespace ImageRec.Evaluation;

/// <summary>
/// Builds pipelines from the same images and compares them. Every extractor meets every combination of the axes' choices.
/// </summary>
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
    /// <summary>Gets the networks, one or more. The default is the network inside the package.</summary>
    public IReadOnlyList<ExperimentExtractor> Extractors { get; init; } =
        [new("compact", () => new OnnxFeatureExtractor(OnnxModel.Compact))];

    /// <summary>
    /// Gets what else varies. The default is nothing. The first choices of all axes make the first row, which the others are compared with.
    /// </summary>
    public IReadOnlyList<ExperimentAxis> Axes { get; init; } = [];

    /// <summary>Builds and measures every cell. A cell that fails is a row with its error, and the others go on.</summary>
    /// <typeparam name="TItem">The type of the catalog's items.</typeparam>
    /// <param name="catalog">The products to build from, with categories.</param>
    /// <param name="queries">
    /// The images to evaluate with. Null divides the catalog into folds, keeps photos of one product in one fold, and holds out each fold
    /// in turn.
    /// </param>
    /// <param name="options">Says how to run the experiment. Null takes the defaults.</param>
    /// <param name="progress">Receives reports of progress.</param>
    /// <param name="cancellationToken">Stops the experiment. The embeddings computed so far stay in the cache file.</param>
    /// <exception cref="CatalogException">The catalog or the queries cannot be used.</exception>
    /// <exception cref="CatalogFileException">The cache file cannot be used.</exception>
    public Task<ExperimentTable> RunAsync<TItem>(
        ImageCatalog<TItem> catalog, ImageCatalog<TItem>? queries = null, ExperimentOptions? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var own = (options ?? new()).Checked();
        if (Extractors.Count == 0 || Axes.Any(axis => axis.Choices.Count == 0))
            throw new ArgumentException("The grid is empty: it needs one extractor or more, and each axis one choice or more.");
        var figure = QueryFigure.Of(own.Compare);
        var run = new ExperimentRun<TItem>(this, catalog, queries, own, figure, progress, cancellationToken);
        return Task.Run(run.RunAsync, cancellationToken);
    }

    /// <summary>Returns every combination of the axes' choices. The last axis varies fastest.</summary>
    internal IEnumerable<IReadOnlyList<ExperimentChoice>> Combinations() => Axes.Aggregate(
        (IEnumerable<IReadOnlyList<ExperimentChoice>>)[[]],
        (cells, axis) => cells.SelectMany(cell => axis.Choices.Select(IReadOnlyList<ExperimentChoice> (choice) => [.. cell, choice])));
}
