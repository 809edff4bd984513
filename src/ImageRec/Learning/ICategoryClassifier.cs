using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Predicts categories of rows, as an <see cref="ICategoryLearner"/> has learned. Immutable and thread-safe.</summary>
public interface ICategoryClassifier
{
    /// <summary>Gets the printable name with the settings that were chosen, such as <c>max-entropy(l2 0.1)</c>.</summary>
    string Name { get; }

    /// <summary>Gets the dimensions per row.</summary>
    int Dimensions { get; }

    /// <summary>Gets the k categories that were learned, in ordinal order.</summary>
    IReadOnlyList<string> Categories { get; }

    /// <summary>Predicts rows.</summary>
    /// <param name="unitRows">n x <see cref="Dimensions"/>, L2-normalized or zero.</param>
    /// <param name="probabilities">
    /// n x k, overwritten: each row 0 to 1 and adding up to 1, in the order of <see cref="Categories"/>.
    /// </param>
    /// <exception cref="ArgumentException">A shape differs; the message quotes both.</exception>
    void Predict(FeatureMatrix unitRows, FeatureMatrix probabilities);

    /// <summary>
    /// Writes the learned state without the names of the categories, which the <see cref="ICategoryLearner.Load"/> of the same kind reads.
    /// </summary>
    /// <param name="destination">The stream, which is left open.</param>
    void Save(Stream destination);
}
