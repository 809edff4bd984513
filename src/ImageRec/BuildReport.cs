namespace ImageRec;

/// <summary>What a build or an upsert did.</summary>
public sealed record BuildReport
{
    /// <summary>Products in the catalogue afterwards.</summary>
    public required int Items { get; init; }

    /// <summary>Rows computed by this run.</summary>
    public required int Computed { get; init; }

    /// <summary>Rows taken over because their picture was unchanged.</summary>
    public required int Reused { get; init; }

    /// <summary>Products removed because they are no longer listed.</summary>
    public int Removed { get; init; }

    /// <summary>Products whose picture could not be read, with the reason.</summary>
    public required IReadOnlyList<UnreadableItem> Unreadable { get; init; }

    /// <summary>What was learned about categories, with held-out figures; null when the builder did not ask for it.</summary>
    public CategoryReport? Categories { get; init; }

    /// <summary>Time the run took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
