namespace ImageRec.Features;

/// <summary>Computes embeddings of images.</summary>
/// <remarks>
/// Thread-safe: <see cref="ExtractAsync"/> may run on several threads at once. <see cref="IDisposable.Dispose"/> may be called any number
/// of times; the engine calls it after the last call has returned. An image has the same embedding whatever batch it is in.
/// </remarks>
public interface IFeatureExtractor : IDisposable
{
    /// <summary>Gets the short printable name, such as <c>alexnet-bvlc/pool5</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Gets a text that names model bytes, preprocessing and output: two extractors with one fingerprint compute the same embeddings. Rows
    /// of two fingerprints never meet in one catalog.
    /// </summary>
    string Fingerprint { get; }

    /// <summary>Gets the dimensions per embedding.</summary>
    int Dimensions { get; }

    /// <summary>Gets the number of images per call that gives the best throughput, 1 or more.</summary>
    int PreferredBatch { get; }

    /// <summary>Computes one embedding per image.</summary>
    /// <param name="batch">The images, any number.</param>
    /// <param name="rows">
    /// batch.Count x <see cref="Dimensions"/>, row-major; every value is overwritten, with zeros where an image is unreadable.
    /// </param>
    /// <param name="cancellationToken">Stops between images.</param>
    /// <returns>The images that could not be read, by position in <paramref name="batch"/>; empty when all could.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="rows"/> has another length than batch.Count x <see cref="Dimensions"/>.
    /// </exception>
    ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default);
}
