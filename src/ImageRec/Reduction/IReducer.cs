using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Learns how to shorten rows while keeping what tells them apart.</summary>
/// <remarks>Stateless between calls and thread-safe; what was learned lives in the <see cref="IProjection"/>.</remarks>
public interface IReducer
{
    /// <summary>Identifies the kind and its settings, such as <c>pca(128)</c>; stored in the catalogue file and compared when it is opened.</summary>
    string Name { get; }

    /// <summary>Learns a projection.</summary>
    /// <param name="features">n x d sample of feature rows; not changed, not kept.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <exception cref="ArgumentException">Too few rows or dimensions for the settings; the message quotes both numbers.</exception>
    IProjection Fit(FeatureMatrix features, FitContext context);

    /// <summary>Reads back what <see cref="IProjection.Save"/> wrote.</summary>
    /// <param name="source">Positioned at the start of the state.</param>
    /// <exception cref="InvalidDataException">The state is damaged or of another kind.</exception>
    IProjection Load(Stream source);
}
