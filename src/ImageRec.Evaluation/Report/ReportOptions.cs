namespace ImageRec.Evaluation;

/// <summary>What a report shows.</summary>
/// <typeparam name="TItem">The catalogue's own type.</typeparam>
public sealed record ReportOptions<TItem>
{
    /// <summary>The page's heading; the catalogue file's name unless set.</summary>
    public string? Title { get; init; }

    /// <summary>Gives an item's picture, or null when there is none. Unless set, a <see cref="CatalogItem"/> shows the file it came from and other types show their ids.</summary>
    public Func<TItem, ImageSource?>? Picture { get; init; }

    /// <summary>Gives a query's picture by the query's id, for an <see cref="Evaluation"/> with queries of its own; null shows ids.</summary>
    public Func<string, ImageSource?>? QueryPicture { get; init; }

    /// <summary>Quality measured before, such as with photos held out; unless set, the catalogue is evaluated leaving one out.</summary>
    public EvaluationReport? Evaluation { get; init; }

    /// <summary>At most so many items on the map, chosen at random, 0 or more; 3,000 unless set, which keeps the page under 15 MB.</summary>
    public int MapItems { get; init; } = 3000;

    /// <summary>At most so many clusters are shown, the largest, 0 or more; 64 unless set.</summary>
    public int Clusters { get; init; } = 64;

    /// <summary>Same seed, same page but for the date; 1 unless set.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MapItems);
        ArgumentOutOfRangeException.ThrowIfNegative(Clusters);
    }
}
