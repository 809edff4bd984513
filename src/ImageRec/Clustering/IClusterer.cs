using ImageRec.Vectors;

namespace ImageRec.Clustering;

/// <summary>Learns groups of similar rows.</summary>
/// <remarks>Stateless between calls and thread-safe; what was learned lives in the <see cref="IClustering"/>.</remarks>
public interface IClusterer
{
    /// <summary>
    /// Gets the kind and its settings, such as <c>k-means(64)</c>; the catalog file keeps it, and opening the file compares it.
    /// </summary>
    string Name { get; }

    /// <summary>Learns the groups.</summary>
    /// <param name="unitRows">n x d sample of L2-normalized rows; not changed, not kept.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="ArgumentException">There are too few rows for the settings; the message quotes both numbers.</exception>
    IClustering Fit(FeatureMatrix unitRows, FitContext context);

    /// <summary>Reads what <see cref="IClustering.Save"/> wrote.</summary>
    /// <param name="source">The stream, positioned at the start of the state; it is read up to the end of the state.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="InvalidDataException">The state is damaged or of another kind.</exception>
    IClustering Load(Stream source);
}
