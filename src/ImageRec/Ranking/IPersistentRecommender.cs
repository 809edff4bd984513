using ImageRec.Indexing;

namespace ImageRec.Ranking;

/// <summary>
/// Holds rows as an <see cref="IRecommender"/> does, and can keep what it has learned of them, so that opening a catalog need not learn it
/// again.
/// </summary>
public interface IPersistentRecommender : IRecommender
{
    /// <summary>Writes what was learned. The rows themselves are kept by the caller.</summary>
    /// <param name="destination">The stream, which is left open.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    ValueTask SaveStateAsync(Stream destination, CancellationToken cancellationToken = default);

    /// <summary>
    /// Fills an empty recommender with the rows that are kept, and with what was learned of those that have not changed since. Rows that
    /// were added or changed later are added, rows that are gone are left out: the answers are those of the rows kept, whatever state is
    /// given.
    /// </summary>
    /// <param name="source">What <see cref="SaveStateAsync"/> wrote, read up to its end.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">
    /// The state is damaged, of another kind or of another version. No row was read, the recommender is still empty, and rows can be added
    /// instead.
    /// </exception>
    /// <exception cref="InvalidOperationException">The recommender holds rows already.</exception>
    ValueTask LoadStateAsync(Stream source, IRowSource rows, CancellationToken cancellationToken = default);
}
