using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Projects embeddings to shorter rows, as an <see cref="IReducer"/> has learned. Immutable and thread-safe.</summary>
public interface IProjection
{
    /// <summary>Gets the printable name with the learned size, such as <c>pca(128)</c>.</summary>
    string Name { get; }

    /// <summary>Gets the dimensions per row before the projection.</summary>
    int InputDimensions { get; }

    /// <summary>Gets the dimensions per row after the projection.</summary>
    int OutputDimensions { get; }

    /// <summary>
    /// Gets the share of the fitted sample's variance that each output dimension carries: <see cref="OutputDimensions"/> numbers from 0 to
    /// 1, largest first, or none when it is unknown.
    /// </summary>
    ReadOnlyMemory<float> ExplainedVarianceRatio { get; }

    /// <summary>Projects rows.</summary>
    /// <param name="features">n x <see cref="InputDimensions"/>.</param>
    /// <param name="reduced">n x <see cref="OutputDimensions"/>, overwritten; not L2-normalized.</param>
    /// <exception cref="ArgumentException">A shape differs; the message quotes both.</exception>
    void Project(FeatureMatrix features, FeatureMatrix reduced);

    /// <summary>Writes the learned state, which the <see cref="IReducer.Load"/> of the same kind reads.</summary>
    /// <param name="destination">The stream, which is left open.</param>
    void Save(Stream destination);
}
