namespace ImageRec;

/// <summary>One recommended product.</summary>
/// <typeparam name="TItem">The caller's own type.</typeparam>
public sealed record Recommendation<TItem>
{
    /// <summary>The product's id.</summary>
    public required string Id { get; init; }

    /// <summary>The caller's own object.</summary>
    public required TItem Item { get; init; }

    /// <summary>The product's category, or null when it is not known.</summary>
    public string? Category { get; init; }

    /// <summary>Cosine similarity to the query, -1 to 1, exactly 1 for the same picture; with <see cref="RecommendOptions{TItem}.Attributes"/>, the sum of the contributions.</summary>
    public required float Score { get; init; }

    /// <summary>How much the picture and each attribute counted, the picture first; empty unless <see cref="RecommendOptions{TItem}.Attributes"/> were given.</summary>
    public IReadOnlyList<Contribution> Contributions { get; init; } = [];

    /// <summary>Share of the catalogue's own pairs that are less alike by their rows than this answer and the query, 0 to 100; null when the catalogue had a single product.</summary>
    public float? Percentile { get; init; }

    /// <summary>Calibrated probability, 0 to 1, that the product is of the query's category; null when the catalogue does not learn categories.</summary>
    public float? CategoryProbability { get; init; }

    /// <summary>Whether the product's picture has the same bytes as the query.</summary>
    public bool IsSamePicture { get; init; }
}
