using System.Text;
using ImageRec.Evaluation;
using ImageRec.Evaluation.Report;

namespace ImageRec;

/// <summary>Writes what there is to know about an engine as a page.</summary>
public static class ReportExtensions
{
    /// <summary>
    /// Writes one self-contained HTML page: what was built, how well it answers, a map of the catalogue, its clusters, best and worst queries, duplicates and
    /// outliers, all with pictures. It loads nothing from anywhere.
    /// </summary>
    /// <typeparam name="TItem">The catalogue's own type.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="file">The page; replaced when it is there, once all of it is written.</param>
    /// <param name="options">What to show.</param>
    /// <param name="progress">Told where the report stands.</param>
    /// <param name="cancellationToken">Stops the work; the file is left as it was.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteReportAsync<TItem>(
        this RecommendationEngine<TItem> engine, string file, ReportOptions<TItem>? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        using var page = new MemoryStream();
        await engine.WriteReportAsync(page, options, progress, cancellationToken).ConfigureAwait(false);
        page.Position = 0;
        var stream = File.Create(file);
        await using var closing = stream.ConfigureAwait(false);
        await page.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the page to a stream, in UTF-8.</summary>
    /// <inheritdoc cref="WriteReportAsync{TItem}(RecommendationEngine{TItem}, string, ReportOptions{TItem}?, IProgress{EvaluationProgress}?, CancellationToken)" />
    /// <param name="engine">The engine.</param>
    /// <param name="destination">Left open.</param>
    /// <param name="options">What to show.</param>
    /// <param name="progress">Told where the report stands.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task WriteReportAsync<TItem>(
        this RecommendationEngine<TItem> engine, Stream destination, ReportOptions<TItem>? options = null,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(destination);
        options ??= new ReportOptions<TItem>();
        options.Validate();
        var data = await Task.Run(() => new ReportCollector<TItem>(engine, options, progress, cancellationToken).CollectAsync(), cancellationToken).ConfigureAwait(false);
        var text = new StringWriter();
        new ReportPage(data, text).Write();
        await destination.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
    }
}
