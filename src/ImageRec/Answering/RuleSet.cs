namespace ImageRec.Answering;

/// <summary>Holds what rules say.</summary>
internal sealed record RuleSet<TItem>
{
    public IReadOnlyList<(string Id, int Place)> Pins { get; init; } = [];

    /// <summary>Gets what is added to a score; null where a boost is not for an item.</summary>
    public IReadOnlyList<(string Name, Func<TItem, float?> By)> Boosts { get; init; } = [];

    public IReadOnlyList<(string Name, Func<TItem, float> Value, float Weight)> Blends { get; init; } = [];

    public IReadOnlyList<Func<TItem, bool>> Excluded { get; init; } = [];

    public IReadOnlyList<Func<IEnumerable<string>>> ExcludedIds { get; init; } = [];

    /// <summary>Gets the properties whose values must differ from those of the query's items.</summary>
    public IReadOnlyList<Func<TItem, object?>> Same { get; init; } = [];

    public IReadOnlyList<AtMostPer<TItem>> Limits { get; init; } = [];

    public float? MinScore { get; init; }

    /// <summary>Gets how many answers there should be, and the ids to fill up with; null for medoids.</summary>
    public (int FewerThan, Func<IEnumerable<string>>? Ids)? Fallback { get; init; }

    /// <summary>Gets whether anything ranks but the score.</summary>
    public bool Reorders => Boosts.Count > 0 || Blends.Count > 0;
}
