using ImageRec.Evaluation;
using ImageRec.Evaluation.Caching;
using ImageRec.Evaluation.Exports;
using ImageRec.Evaluation.Report;
using ImageRec.Features;

namespace ImageRec;

public static partial class EvaluationExtensions
{
    /// <summary>
    /// Writes one self-contained HTML page: what was built, how well it answers, a map of the catalog, its clusters, the best and worst
    /// queries, duplicates and outliers, all with images. The page loads nothing.
    /// </summary>
    /// <typeparam name="TItem">The type of the catalog's items.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="file">The page. An existing file is replaced once the whole page is made.</param>
    /// <param name="options">Says what to show. Null takes the defaults.</param>
    /// <param name="progress">Receives reports of progress.</param>
    /// <param name="cancellationToken">Stops the work and leaves the file as it was.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteReportAsync<TItem>(
        this RecommendationEngine<TItem> engine, string file, ReportOptions<TItem>? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        var page = await ReportPage.CreateAsync(engine, (options ?? new()).Checked(), progress, cancellationToken).ConfigureAwait(false);
        // Half a page helps nobody: from here on the work is not stopped.
        await File.WriteAllBytesAsync(file, page, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Writes the page to a stream, in UTF-8.</summary>
    /// <typeparam name="TItem">The type of the catalog's items.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="destination">Receives the page. It is left open.</param>
    /// <param name="options">Says what to show. Null takes the defaults.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task WriteReportAsync<TItem>(
        this RecommendationEngine<TItem> engine, Stream destination, ReportOptions<TItem>? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(destination);
        var page = await ReportPage.CreateAsync(engine, (options ?? new()).Checked(), null, cancellationToken).ConfigureAwait(false);
        await destination.WriteAsync(page, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Writes <c>rows.npy</c> (n x d single-precision values, L2-normalized), <c>ids.npy</c> and <c>categories.npy</c> (n texts each, empty
    /// for an item without a category), in catalog order, to be read by <c>numpy.load</c>.
    /// </summary>
    /// <typeparam name="TItem">The type of the catalog's items.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="folder">The folder, created when it does not exist. Files of these names are replaced.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static Task ExportNumpyAsync<TItem>(
        this RecommendationEngine<TItem> engine, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return Task.Run(() => NumpyExport.WriteAsync(engine, folder, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Keeps the embeddings of an extractor in a file, by the extractor's fingerprint and the image's content, so that no image is computed
    /// twice by the same network, whatever is built from it. Several extractors may share a file.
    /// </summary>
    /// <param name="extractor">Computes what the cache lacks. It is disposed with the returned extractor.</param>
    /// <param name="file">The cache, such as <c>features.cache</c>, created when it does not exist.</param>
    /// <returns>
    /// An extractor for <see cref="RecommenderBuilder.UseExtractor(IFeatureExtractor)"/>. Dispose it after the last engine that uses it.
    /// </returns>
    /// <exception cref="CatalogFileException">The file is not a cache, or cannot be written.</exception>
    public static IFeatureExtractor WithCache(this IFeatureExtractor extractor, string file)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        return new CachedFeatureExtractor(extractor, file);
    }
}
