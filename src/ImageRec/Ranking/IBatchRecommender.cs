using ImageRec.Indexing;
using ImageRec.Vectors;

namespace ImageRec.Ranking;

/// <summary>A recommender that answers many queries faster together than one by one.</summary>
public interface IBatchRecommender : IRecommender
{
    /// <summary>Finds the best rows for each of several queries; the answers equal those of <see cref="IRecommender.SearchAsync"/>.</summary>
    /// <param name="unitQueries">q x d, each L2-normalised or zero.</param>
    /// <param name="count">Answers wanted for each query.</param>
    /// <param name="best">q x count: each query's answers, best first, equal scores by key.</param>
    /// <param name="found">q numbers: how many answers each query has.</param>
    /// <param name="filter">Which rows may be answers; null for all.</param>
    /// <param name="minScore">Answers score at least this; -1 for all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ArgumentException">A shape does not fit; the message quotes both.</exception>
    ValueTask SearchBatchAsync(
        FeatureMatrix unitQueries, int count, Memory<Neighbor> best, Memory<int> found,
        RowFilter? filter = null, float minScore = -1, CancellationToken cancellationToken = default);
}
