using ImageRec.Evaluation.Metrics;

namespace ImageRec.Evaluation;

/// <summary>Says how to evaluate the answers of a catalog.</summary>
public sealed class EvaluationOptions
{
    /// <summary>
    /// Gets or sets the k of precision, recall, hit rate and NDCG at k, each 1 or more. The default is 1, 5 and 10. k may exceed the number
    /// of items.
    /// </summary>
    public IReadOnlyList<int> Cutoffs { get; set; } = [1, 5, 10];

    /// <summary>
    /// Gets or sets the most queries to ask; 0 asks all. Of more, a sample is asked in which every category has its share, chosen by
    /// <see cref="Seed"/>, and the report's notes say so. The default is 5,000.
    /// </summary>
    public int MaxQueries { get; set; } = 5000;

    /// <summary>
    /// Gets or sets whether an item with the same bytes as the query may be an answer. The default is false: finding the same file again
    /// says nothing about similarity. A query that is itself an item never finds that item.
    /// </summary>
    public bool IncludeCopies { get; set; }

    /// <summary>
    /// Gets or sets how many neighbors vote on a query's category when the catalog has learned none, 1 or more. The default is 10.
    /// </summary>
    public int Voters { get; set; } = 10;

    /// <summary>Gets or sets the most queries to time, one after another. The default is 50, and 0 times none.</summary>
    public int TimedQueries { get; set; } = 50;

    /// <summary>Gets or sets the number of bootstrap resamples, 1 or more. The default is 1,000.</summary>
    public int Resamples { get; set; } = 1000;

    /// <summary>Gets or sets the share that the confidence intervals cover, between 0 and 1. The default is 0.95.</summary>
    public double Confidence { get; set; } = 0.95;

    /// <summary>Gets or sets the seed of every random choice. The same seed gives the same figures. The default is 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Returns a copy that later changes do not reach, once every value is found valid.</summary>
    internal EvaluationOptions Checked()
    {
        if (Cutoffs is null || Cutoffs.Count == 0 || Cutoffs.Any(k => k < 1))
            throw new ArgumentException(
                "Cutoffs holds the k of precision at k and so on: one or more numbers, each 1 or more.", nameof(Cutoffs));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxQueries);
        ArgumentOutOfRangeException.ThrowIfLessThan(Voters, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(TimedQueries);
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 1);
        Bootstrap.RequireShare(Confidence);
        var copy = (EvaluationOptions)MemberwiseClone();
        copy.Cutoffs = [.. Cutoffs.Distinct().Order()];
        return copy;
    }
}
