using ImageRec.Vectors;

namespace ImageRec;

public sealed partial class RecommendationEngine<TItem>
{
    /// <summary>What was learned about categories, with held-out figures; null when the catalogue was built without <c>LearnCategories</c>.</summary>
    public CategoryReport? Categories => Pipeline.Categories?.Report;

    /// <summary>Tells a picture's category.</summary>
    /// <param name="picture">Any picture; a path converts by itself.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Every category of the catalogue with its probability, the most probable first; equal ones in ordinal order.</returns>
    /// <exception cref="InvalidOperationException">The catalogue has learned no categories.</exception>
    /// <exception cref="UnreadableImageException">The picture cannot be read.</exception>
    public async Task<IReadOnlyList<CategoryPrediction>> ClassifyAsync(ImageSource picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return (await ClassifyManyAsync([picture], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Tells the category of each of several pictures, computed together.</summary>
    /// <param name="pictures">n pictures.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>n answers, in the order of the pictures.</returns>
    /// <inheritdoc cref="ClassifyAsync" path="/exception" />
    public async Task<IReadOnlyList<IReadOnlyList<CategoryPrediction>>> ClassifyManyAsync(
        IReadOnlyList<ImageSource> pictures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var categories = Pipeline.Categories ?? throw new InvalidOperationException(
            "This catalogue has learned no categories. Build it with LearnCategories.");
        if (categories.Categories.Count == 0)
            throw new InvalidOperationException(categories.Report.Note);
        var (fused, _) = await QueryRowsAsync(pictures, cancellationToken).ConfigureAwait(false);
        var rows = fused;
        if (categories.Part is { } part)
        {
            // A picture of the catalogue comes with its known category: what its pixels say is predicted again.
            rows = new FeatureMatrix(fused.Rows, part.Dimensions);
            for (var i = 0; i < rows.Rows; i++)
                part.UnitRow(fused[i]).CopyTo(rows[i]);
        }
        var probabilities = categories.Predict(rows);
        return [.. Enumerable.Range(0, rows.Rows).Select(i => categories.Ranked(probabilities[i]))];
    }
}
