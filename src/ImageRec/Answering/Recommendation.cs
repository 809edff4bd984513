namespace ImageRec;

/// <summary>Holds a recommended item.</summary>
/// <typeparam name="TItem">Type of the items.</typeparam>
public sealed class Recommendation<TItem>
{
    /// <summary>Gets the item's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the caller's own object.</summary>
    public required TItem Item { get; init; }

    /// <summary>Gets the item's category; null when it is not known.</summary>
    public string? Category { get; init; }

    /// <summary>
    /// Gets the cosine similarity to the query, -1 to 1, exactly 1 for the same image; with
    /// <see cref="RecommendOptions{TItem}.Attributes"/>, the sum of the contributions.
    /// </summary>
    public required float Score { get; init; }

    /// <summary>
    /// Gets how much the image and each attribute counted, the image first; empty unless <see cref="RecommendOptions{TItem}.Attributes"/>
    /// were given.
    /// </summary>
    public IReadOnlyList<Contribution> Contributions { get; init; } = [];

    /// <summary>
    /// Gets the percentage of the catalog's own pairs that are less similar by their rows than this answer and the query, 0 to 100; null
    /// when the catalog had a single item.
    /// </summary>
    public float? Percentile { get; init; }

    /// <summary>
    /// Gets the calibrated probability, 0 to 1, that the item is of the query's category; null when the catalog does not learn categories.
    /// </summary>
    public float? CategoryProbability { get; init; }

    /// <summary>Gets whether the item's image has the same bytes as the query.</summary>
    public bool IsSamePicture { get; init; }

    /// <summary>
    /// Gets which of <see cref="RecommendOptions{TItem}.Rules"/> have touched this answer: names of boosts and blends, "pinned",
    /// "fallback".
    /// </summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    internal Recommendation<TItem> Touched(IReadOnlyList<string> rules) => new()
    {
        Id = Id,
        Item = Item,
        Category = Category,
        Score = Score,
        Contributions = Contributions,
        IsSamePicture = IsSamePicture,
        Rules = rules,
    };

    internal Recommendation<TItem> Rescored(float score, IReadOnlyList<Contribution> contributions) => new()
    {
        Id = Id, Item = Item, Category = Category, Score = score, Contributions = contributions, IsSamePicture = IsSamePicture,
    };

    internal Recommendation<TItem> Explained(float? percentile, float? categoryProbability) => new()
    {
        Id = Id,
        Item = Item,
        Category = Category,
        Score = Score,
        Contributions = Contributions,
        Percentile = percentile,
        CategoryProbability = categoryProbability,
        IsSamePicture = IsSamePicture,
        Rules = Rules,
    };
}
