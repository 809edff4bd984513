using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>A learned reduction. Immutable and thread-safe.</summary>
public interface IProjection
{
    /// <summary>Printable name with the learned size, such as <c>pca(128)</c>.</summary>
    string Name { get; }

    /// <summary>Numbers a row before.</summary>
    int InputDimensions { get; }

    /// <summary>Numbers a row after.</summary>
    int OutputDimensions { get; }

    /// <summary>Share of the variance of the fitted sample that each output dimension carries, largest first, each 0 to 1; empty when unknown.</summary>
    ReadOnlyMemory<float> ExplainedVarianceRatio { get; }

    /// <summary>Projects rows.</summary>
    /// <param name="features">n x <see cref="InputDimensions"/>.</param>
    /// <param name="reduced">n x <see cref="OutputDimensions"/>, overwritten; not L2-normalised.</param>
    /// <exception cref="ArgumentException">A shape differs; the message quotes both.</exception>
    void Project(FeatureMatrix features, FeatureMatrix reduced);

    /// <summary>Writes the learned state, to be read by the <see cref="IReducer.Load"/> of the same kind.</summary>
    /// <param name="destination">Left open.</param>
    void Save(Stream destination);
}
