namespace ImageRec.Evaluation;

/// <summary>Says what a report shows.</summary>
/// <typeparam name="TItem">The type of the catalog's items.</typeparam>
public sealed class ReportOptions<TItem>
{
    /// <summary>Gets or sets the heading of the page. The default is the name of the catalog file.</summary>
    public string? Title { get; set; }

    /// <summary>
    /// Gets or sets a function that returns an item's image, or null when there is none. By default a <see cref="CatalogItem"/> shows the
    /// file it came from, and items of other types show their ids.
    /// </summary>
    public Func<TItem, ImageSource?>? Image { get; set; }

    /// <summary>
    /// Gets or sets a function that returns a query's image by the query's id, for an <see cref="Evaluation"/> with queries of its own. By
    /// default queries show their ids.
    /// </summary>
    public Func<string, ImageSource?>? QueryImage { get; set; }

    /// <summary>
    /// Gets or sets figures measured before, such as with photos held out. By default each item is searched for among the others.
    /// </summary>
    public EvaluationReport? Evaluation { get; set; }

    /// <summary>
    /// Gets or sets the most items on the map, chosen at random, 0 or more. The default is 3,000, which keeps the page under 15 MB.
    /// </summary>
    public int MapItems { get; set; } = 3000;

    /// <summary>Gets or sets the most clusters to show, the largest first, 0 or more. The default is 64.</summary>
    public int Clusters { get; set; } = 64;

    /// <summary>
    /// Gets or sets the seed of every random choice. The same seed gives the same page but for the date. The default is 1.
    /// </summary>
    public int Seed { get; set; } = 1;

    /// <summary>Returns a copy that later changes do not reach, once every value is found valid.</summary>
    internal ReportOptions<TItem> Checked()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MapItems);
        ArgumentOutOfRangeException.ThrowIfNegative(Clusters);
        return (ReportOptions<TItem>)MemberwiseClone();
    }
}
