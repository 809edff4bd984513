using ImageRec.Vectors;

namespace ImageRec;

public sealed partial class RecommendationEngine<TItem>
{
    /// <summary>
    /// Gets what was learned about categories, with held-out figures; null when the catalog was built without <c>LearnCategories</c>.
    /// </summary>
    public CategoryReport? Categories => Pipeline.Categories?.Report;

    /// <summary>Predicts an image's category.</summary>
    /// <param name="picture">Any image.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Every category of the catalog with its probability, the most probable first; equal ones in ordinal order.</returns>
    /// <exception cref="InvalidOperationException">The catalog has learned no categories.</exception>
    /// <exception cref="UnreadableImageException">The image cannot be read.</exception>
    public async Task<IReadOnlyList<CategoryPrediction>> ClassifyAsync(ImageSource picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return (await ClassifyManyAsync([picture], cancellationToken).ConfigureAwait(false))[0].Required();
    }

    /// <summary>Predicts the category of each of several images, computed together.</summary>
    /// <param name="pictures">n images.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>n answers, in the order of the images; that of an image that cannot be read says why.</returns>
    /// <exception cref="InvalidOperationException">The catalog has learned no categories.</exception>
    public async Task<IReadOnlyList<BatchAnswer<CategoryPrediction>>> ClassifyManyAsync(
        IReadOnlyList<ImageSource> pictures, CancellationToken cancellationToken = default)
    {
        var categories = Pipeline.Categories ?? throw new InvalidOperationException(
            "This catalog has learned no categories. Build it with LearnCategories.");
        if (categories.Categories.Count == 0)
            throw new InvalidOperationException(categories.Report.Note);
        using var use = _uses.Enter();
        var queries = await ReadQueriesAsync(pictures, cancellationToken).ConfigureAwait(false);
        var (moment, view) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        using var reading = view;
        var fused = await queries.RowsAsync(moment, view, cancellationToken).ConfigureAwait(false);
        var rows = fused;
        if (categories.Part is { } part)
        {
            // An image of the catalog comes with its known category: what its pixels say is predicted again.
            rows = new FeatureMatrix(fused.Rows, part.Dimensions);
            for (var i = 0; i < rows.Rows; i++)
                part.UnitRow(fused[i]).CopyTo(rows[i]);
        }
        var probabilities = categories.Predict(rows);
        return [.. Enumerable.Range(0, rows.Rows).Select(
            i => queries.Failures[i] is { } failure
            ? new BatchAnswer<CategoryPrediction>(failure)
            : new(categories.Ranked(probabilities[i])))];
    }
}
