using ImageRec.Indexing;

namespace ImageRec.Ranking;

/// <summary>A recommender that has learned something worth keeping beside the rows, so that opening a catalogue does not learn it again.</summary>
public interface IPersistentRecommender : IRecommender
{
    /// <summary>Writes what was learned. Not the rows: those are kept by the caller.</summary>
    /// <param name="destination">Left open.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    ValueTask SaveStateAsync(Stream destination, CancellationToken cancellationToken = default);

    /// <summary>
    /// Fills an empty recommender with the rows that are kept, and with what was learned of those that have not changed since. Rows that came or
    /// changed later are added, rows that are gone are left out: the answers are those of the rows kept, whatever state is given.
    /// </summary>
    /// <param name="source">What <see cref="SaveStateAsync"/> wrote.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The state is damaged, of another kind or a newer version; nothing was loaded, and rows can be added instead.</exception>
    /// <exception cref="InvalidOperationException">The recommender holds rows already.</exception>
    ValueTask LoadStateAsync(Stream source, IRowSource rows, CancellationToken cancellationToken = default);
}
