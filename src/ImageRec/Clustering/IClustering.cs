using ImageRec.Vectors;

namespace ImageRec.Clustering;

/// <summary>Learned groups. Immutable and thread-safe.</summary>
public interface IClustering
{
    /// <summary>Printable name with the learned size, such as <c>k-means(64)</c>.</summary>
    string Name { get; }

    /// <summary>Number of groups, 1 or more.</summary>
    int ClusterCount { get; }

    /// <summary>The middle of each group: <see cref="ClusterCount"/> x d, not necessarily of unit length.</summary>
    FeatureMatrix Centroids { get; }

    /// <summary>The group a row belongs to.</summary>
    /// <param name="row">d numbers, L2-normalised.</param>
    /// <returns>0 to <see cref="ClusterCount"/> - 1; of equally near groups the first.</returns>
    /// <exception cref="ArgumentException">The row has another length; the message quotes both.</exception>
    int Assign(ReadOnlySpan<float> row);

    /// <summary>Writes the learned state, to be read by the <see cref="IClusterer.Load"/> of the same kind.</summary>
    /// <param name="destination">Left open.</param>
    void Save(Stream destination);
}
