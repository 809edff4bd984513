using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Learns to tell categories apart by their rows.</summary>
/// <remarks>
/// Stateless between calls and thread-safe; what was learned lives in the <see cref="ICategoryClassifier"/>. Cross-validation, calibration and the fusion with
/// the row are the build's work, for every learner alike.
/// </remarks>
public interface ICategoryLearner
{
    /// <summary>Identifies the kind and its settings, such as <c>max-entropy(l2 0.1)</c>; stored in the catalogue file and compared when it is opened.</summary>
    string Name { get; }

    /// <summary>
    /// Learners with all settings fixed, of which the build takes the one that predicts held-out rows best; from the simplest to the most flexible.
    /// Itself alone unless it leaves a setting open.
    /// </summary>
    IReadOnlyList<ICategoryLearner> Candidates => [this];

    /// <summary>Learns from rows whose category is known.</summary>
    /// <param name="unitRows">n x d, L2-normalised; not changed, not kept.</param>
    /// <param name="categories">n names, two different ones or more.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <exception cref="ArgumentException">The counts differ, or fewer than two categories; the message quotes the numbers.</exception>
    ICategoryClassifier Fit(FeatureMatrix unitRows, IReadOnlyList<string> categories, FitContext context);

    /// <summary>Reads back what <see cref="ICategoryClassifier.Save"/> wrote.</summary>
    /// <param name="source">Positioned at the start of the state.</param>
    /// <param name="categories">The classifier's <see cref="ICategoryClassifier.Categories"/>, which are kept beside it.</param>
    /// <exception cref="InvalidDataException">The state is damaged or of another kind.</exception>
    ICategoryClassifier Load(Stream source, IReadOnlyList<string> categories);
}
