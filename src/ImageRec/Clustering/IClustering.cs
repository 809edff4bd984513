using ImageRec.Vectors;

namespace ImageRec.Clustering;

/// <summary>Assigns rows to groups, as an <see cref="IClusterer"/> has learned. Immutable and thread-safe.</summary>
public interface IClustering
{
    /// <summary>Gets the printable name with the learned size, such as <c>k-means(64)</c>.</summary>
    string Name { get; }

    /// <summary>Gets the number of groups, 1 or more.</summary>
    int ClusterCount { get; }

    /// <summary>Gets the middle of each group: <see cref="ClusterCount"/> x d, not necessarily of unit length.</summary>
    FeatureMatrix Centroids { get; }

    /// <summary>Finds the group that a row belongs to.</summary>
    /// <param name="row">d values, L2-normalized.</param>
    /// <returns>0 to <see cref="ClusterCount"/> - 1; of equally near groups the first.</returns>
    /// <exception cref="ArgumentException">The row has other dimensions; the message quotes both.</exception>
    int Assign(ReadOnlySpan<float> row);

    /// <summary>Writes the learned state, which the <see cref="IClusterer.Load"/> of the same kind reads.</summary>
    /// <param name="destination">The stream, which is left open.</param>
    void Save(Stream destination);
}
