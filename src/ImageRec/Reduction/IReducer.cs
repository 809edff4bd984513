using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Learns how to shorten embeddings while keeping what tells them apart.</summary>
/// <remarks>Stateless between calls and thread-safe; what was learned lives in the <see cref="IProjection"/>.</remarks>
public interface IReducer
{
    /// <summary>
    /// Gets the kind and its settings, such as <c>pca(128)</c>; the catalog file keeps it, and opening the file compares it.
    /// </summary>
    string Name { get; }

    /// <summary>Learns a projection.</summary>
    /// <param name="features">n x d sample of embeddings; not changed, not kept.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <returns>The projection.</returns>
    /// <exception cref="ArgumentException">
    /// There are too few rows or dimensions for the settings; the message quotes both numbers.
    /// </exception>
    IProjection Fit(FeatureMatrix features, FitContext context);

    /// <summary>Reads what <see cref="IProjection.Save"/> wrote.</summary>
    /// <param name="source">The stream, positioned at the start of the state; it is read up to the end of the state.</param>
    /// <returns>The projection.</returns>
    /// <exception cref="InvalidDataException">The state is damaged or of another kind.</exception>
    IProjection Load(Stream source);
}
