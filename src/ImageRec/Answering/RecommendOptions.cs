namespace ImageRec;

/// <summary>Says what to recommend.</summary>
/// <typeparam name="TItem">Type of the items.</typeparam>
public sealed class RecommendOptions<TItem>
{
    /// <summary>Gets or sets the number of items, 1 or more. Default: 5. Fewer come back only when fewer match.</summary>
    public int Count { get; set; } = 5;

    /// <summary>
    /// Gets or sets which items may be recommended. Default: all. Called for many items, possibly on several threads: keep it quick and
    /// without side effects.
    /// </summary>
    public Func<TItem, bool>? Where { get; set; }

    /// <summary>Gets or sets the least score, -1 to 1. Default: no limit.</summary>
    public float? MinScore { get; set; }

    /// <summary>
    /// Gets or sets how much answers differ from each other, 0 to 1. Default: 0, which ranks by similarity alone. Maximal marginal
    /// relevance (Carbonell and Goldstein, SIGIR 1998) with lambda = 1 - Diversity.
    /// </summary>
    public float Diversity { get; set; }

    /// <summary>Gets or sets how many answers may share one value of a property, such as the brand. Default: no limit.</summary>
    public AtMostPer<TItem>? AtMostPer { get; set; }

    /// <summary>
    /// Gets or sets what is known besides the image and counts in the ranking: a score is then the mean of the image's cosine (weight 1)
    /// and of every attribute's closeness, by weight. Default: nothing.
    /// </summary>
    public IReadOnlyList<AttributeMatch<TItem>> Attributes { get; set; } = [];

    /// <summary>Gets or sets what a shop wants besides likeness. Default: nothing.</summary>
    public Rules<TItem>? Rules { get; set; }

    /// <summary>Returns a copy, so that the caller's later edits do not affect a search that is running; the defaults for null.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <param name="options">The caller's.</param>
    /// <param name="takesRules">Whether the engine applies rules.</param>
    /// <exception cref="NotSupportedException">There are rules, and the engine would ignore them.</exception>
    internal static RecommendOptions<TItem> Checked(RecommendOptions<TItem>? options, bool takesRules = false)
    {
        if (options?.Rules is not null && !takesRules)
            throw new NotSupportedException(
                "This engine applies no rules. Leave Rules out, or answer from a catalog file in this process.");
        var own = (RecommendOptions<TItem>?)options?.MemberwiseClone() ?? new RecommendOptions<TItem>();
        own.Validate();
        return own;
    }

    private void Validate()
    {
        ArgumentNullException.ThrowIfNull(Attributes);
        if (Count < 1)
            throw new ArgumentOutOfRangeException(nameof(Count), Count, "Count is the number of items to recommend, 1 or more.");
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
