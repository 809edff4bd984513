using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Learns to tell categories apart by their rows.</summary>
/// <remarks>
/// Stateless between calls and thread-safe; what was learned lives in the <see cref="ICategoryClassifier"/>. Cross-validation, calibration
/// and the fusion with the row are the build's work, the same for every learner.
/// </remarks>
public interface ICategoryLearner
{
    /// <summary>
    /// Gets the kind and its settings, such as <c>max-entropy(l2 0.1)</c>; the catalog file keeps it, and opening the file compares it.
    /// </summary>
    string Name { get; }

    /// <summary>
    /// Gets learners with all settings fixed, of which the build takes the one that predicts held-out rows best; from the simplest to the
    /// most flexible. A learner that leaves no setting open is its own only candidate.
    /// </summary>
    IReadOnlyList<ICategoryLearner> Candidates => [this];

    /// <summary>Learns from rows whose category is known.</summary>
    /// <param name="unitRows">n x d, L2-normalized; not changed, not kept.</param>
    /// <param name="categories">n names, two different ones or more.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <returns>The classifier.</returns>
    /// <exception cref="ArgumentException">
    /// The counts differ, or there are fewer than two categories; the message quotes the numbers.
    /// </exception>
    ICategoryClassifier Fit(FeatureMatrix unitRows, IReadOnlyList<string> categories, FitContext context);

    /// <summary>Reads what <see cref="ICategoryClassifier.Save"/> wrote.</summary>
    /// <param name="source">The stream, positioned at the start of the state; it is read up to the end of the state.</param>
    /// <param name="categories">The classifier's <see cref="ICategoryClassifier.Categories"/>, which are kept beside it.</param>
    /// <returns>The classifier.</returns>
    /// <exception cref="InvalidDataException">The state is damaged or of another kind.</exception>
    ICategoryClassifier Load(Stream source, IReadOnlyList<string> categories);
}
