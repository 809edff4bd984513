using ImageRec.Indexing;
using ImageRec.Vectors;

namespace ImageRec.Ranking;

/// <summary>Holds unit rows by key and finds those most similar to a query, in this process or elsewhere.</summary>
/// <remarks>
/// Thread-safe. Searches never wait for changes: each sees all of a change or none of it. Changes are applied one after another. Keys are
/// small non-negative integers chosen by the caller.
/// </remarks>
public interface IRecommender : IAsyncDisposable
{
    /// <summary>Gets the printable name, such as <c>cosine</c>.</summary>
    string Name { get; }

    /// <summary>Gets the number of rows held.</summary>
    int Count { get; }

    /// <summary>Adds rows, or replaces those whose key is held already.</summary>
    /// <param name="keys">n different keys, 0 or more each.</param>
    /// <param name="unitRows">n x d, L2-normalized or zero; not changed, not kept. Every call has the same d.</param>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    /// <exception cref="ArgumentException">The shapes differ from each other or from the rows held, or a value is not finite.</exception>
    ValueTask UpsertAsync(ReadOnlyMemory<int> keys, FeatureMatrix unitRows, CancellationToken cancellationToken = default);

    /// <summary>Removes rows; keys that are not held are ignored.</summary>
    /// <param name="keys">Any keys.</param>
    /// <param name="cancellationToken">Stops before anything has changed.</param>
    ValueTask RemoveAsync(ReadOnlyMemory<int> keys, CancellationToken cancellationToken = default);

    /// <summary>Finds the rows with the highest cosine similarity.</summary>
    /// <param name="unitQuery">d values, L2-normalized or zero (a zero query scores 0 with every row).</param>
    /// <param name="best">
    /// Receives the answers, best first, equal scores by key; its length is the number of answers wanted and may exceed
    /// <see cref="Count"/>.
    /// </param>
    /// <param name="filter">
    /// Which rows may be answers; null for all. It never shortens the answer below min(rows that pass, best.Length).
    /// </param>
    /// <param name="minScore">Answers score at least this; -1 for all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>How many answers were written.</returns>
    /// <exception cref="ArgumentException">The query has other dimensions than the rows; the message quotes both.</exception>
    ValueTask<int> SearchAsync(
        ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter = null, float minScore = -1,
        CancellationToken cancellationToken = default);

    /// <summary>Copies one row.</summary>
    /// <param name="key">Any key.</param>
    /// <param name="row">d values, overwritten when the key is held.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Whether the key is held.</returns>
    ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken = default);
}
