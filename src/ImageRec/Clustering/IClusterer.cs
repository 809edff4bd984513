using ImageRec.Vectors;

namespace ImageRec.Clustering;

/// <summary>Learns groups of similar rows.</summary>
/// <remarks>Stateless between calls and thread-safe; what was learned lives in the <see cref="IClustering"/>.</remarks>
public interface IClusterer
{
    /// <summary>Identifies the kind and its settings, such as <c>k-means(64)</c>; stored in the catalogue file and compared when it is opened.</summary>
    string Name { get; }

    /// <summary>Learns the groups.</summary>
    /// <param name="unitRows">n x d sample of L2-normalised rows; not changed, not kept.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <exception cref="ArgumentException">Too few rows for the settings; the message quotes both numbers.</exception>
    IClustering Fit(FeatureMatrix unitRows, FitContext context);

    /// <summary>Reads back what <see cref="IClustering.Save"/> wrote.</summary>
    /// <param name="source">Positioned at the start of the state.</param>
    /// <exception cref="InvalidDataException">The state is damaged or of another kind.</exception>
    IClustering Load(Stream source);
}
