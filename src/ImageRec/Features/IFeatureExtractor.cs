namespace ImageRec.Features;

/// <summary>Turns pictures into rows of numbers.</summary>
/// <remarks>
/// Thread-safe: <see cref="ExtractAsync"/> may run on several threads at once. <see cref="IDisposable.Dispose"/> may be called any number of times; the
/// engine calls it after the last call has returned.
/// The same picture gives the same row, whatever batch it is in.
/// </remarks>
public interface IFeatureExtractor : IDisposable
{
    /// <summary>Short printable name, such as <c>alexnet-bvlc/pool5</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Names model bytes, preprocessing and output: two extractors with one fingerprint give the same rows. Rows of two fingerprints never meet in one catalogue.
    /// </summary>
    string Fingerprint { get; }

    /// <summary>Numbers a row.</summary>
    int Dimensions { get; }

    /// <summary>How many pictures a call should bring for the best throughput, 1 or more.</summary>
    int PreferredBatch { get; }

    /// <summary>Writes one row a picture.</summary>
    /// <param name="batch">The pictures, any number.</param>
    /// <param name="rows">batch.Count x <see cref="Dimensions"/>, row-major; every number is overwritten, with zeros where a picture is unreadable.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <returns>The pictures that could not be read, by position in <paramref name="batch"/>; empty when all could.</returns>
    /// <exception cref="ArgumentException"><paramref name="rows"/> has another length than batch.Count x <see cref="Dimensions"/>.</exception>
    ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default);
}
