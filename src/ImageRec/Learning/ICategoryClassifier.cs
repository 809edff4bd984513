using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Learned categories. Immutable and thread-safe.</summary>
public interface ICategoryClassifier
{
    /// <summary>Printable name with the settings that were chosen, such as <c>max-entropy(l2 0.1)</c>.</summary>
    string Name { get; }

    /// <summary>Numbers a row.</summary>
    int Dimensions { get; }

    /// <summary>The k categories it tells apart, in ordinal order.</summary>
    IReadOnlyList<string> Categories { get; }

    /// <summary>Predicts rows.</summary>
    /// <param name="unitRows">n x <see cref="Dimensions"/>, L2-normalised or zero.</param>
    /// <param name="probabilities">n x k, overwritten: each row 0 to 1 and adding up to 1, in the order of <see cref="Categories"/>.</param>
    /// <exception cref="ArgumentException">A shape differs; the message quotes both.</exception>
    void Predict(FeatureMatrix unitRows, FeatureMatrix probabilities);

    /// <summary>Writes the learned state without the categories' names, to be read by the <see cref="ICategoryLearner.Load"/> of the same kind.</summary>
    /// <param name="destination">Left open.</param>
    void Save(Stream destination);
}
