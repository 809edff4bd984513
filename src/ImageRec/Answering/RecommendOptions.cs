namespace ImageRec;

/// <summary>What to recommend.</summary>
/// <typeparam name="TItem">The caller's own type.</typeparam>
public sealed record RecommendOptions<TItem>
{
    /// <summary>How many products, 1 or more; 5 unless set. Fewer come back only when fewer match.</summary>
    public int Count { get; init; } = 5;

    /// <summary>Which products may be recommended; all unless set. Called for many items, possibly on several threads: keep it quick and without side effects.</summary>
    public Func<TItem, bool>? Where { get; init; }

    /// <summary>Least score, -1 to 1; no limit unless set.</summary>
    public float? MinScore { get; init; }

    /// <summary>
    /// 0, the default, ranks by similarity alone; up to 1, answers also differ from each other (maximal marginal relevance, Carbonell and Goldstein,
    /// SIGIR 1998, with lambda = 1 - Diversity).
    /// </summary>
    public float Diversity { get; init; }

    /// <summary>At most so many answers with one value of a property, such as the brand; no limit unless set.</summary>
    public AtMostPer<TItem>? AtMostPer { get; init; }

    /// <summary>
    /// What is known beside the picture and counts in the ranking: a score is then the mean of the picture's cosine (weight 1) and of every attribute's closeness, by weight.
    /// None unless set.
    /// </summary>
    public IReadOnlyList<AttributeMatch<TItem>> Attributes { get; init; } = [];

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Attributes);
        if (Count < 1)
            throw new ArgumentOutOfRangeException(nameof(Count), Count, "Count is the number of products to recommend, 1 or more.");
        if (MinScore is { } score && !(score >= -1 && score <= 1))
            throw new ArgumentOutOfRangeException(nameof(MinScore), score, "MinScore is a score, -1 to 1.");
        if (!(Diversity >= 0 && Diversity <= 1))
            throw new ArgumentOutOfRangeException(nameof(Diversity), Diversity, "Diversity goes from 0 (most similar) to 1 (most varied).");
        if (Attributes.Contains(null!))
            throw new ArgumentException("Attributes contains null; leave out what does not count.", nameof(Attributes));
        if (AtMostPer is { Property: null })
            throw new ArgumentException("AtMostPer has no Property; give the function that reads the value.", nameof(AtMostPer));
        if (AtMostPer is { Count: < 1 } limit)
            throw new ArgumentOutOfRangeException(nameof(AtMostPer), limit.Count, "AtMostPer allows 1 or more answers with one value.");
    }
}
