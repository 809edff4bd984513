namespace ImageRec;

/// <summary>Says how a shared catalog is laid out and reached.</summary>
public sealed class SharedCatalogOptions
{
    private const int MostShards = 1024;

    /// <summary>
    /// Gets or sets how many shards a catalog is made with, 1 to 1,024: more than primaries, so that it can grow without being built again.
    /// Null, the default, makes four. A catalog that is there keeps its number; another one is an error.
    /// </summary>
    public int? Shards { get; set; }

    /// <summary>
    /// Gets the properties of the items that the store filters by, by their names in code (<c>nameof(Product.Price)</c>) or in JSON:
    /// numbers, strings, truth values, enumerations. Filters made by <see cref="SharedFilter"/> use them. Default: none.
    /// </summary>
    public IList<string> Attributes { get; } = [];

    /// <summary>Gets or sets how long a command may take before it is an error. Default: five seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    internal void Validate()
    {
        if (Shards is { } shards and (< 1 or > MostShards))
            throw new ArgumentOutOfRangeException(
                nameof(Shards), shards, FormattableString.Invariant($"A shared catalog has 1 to {MostShards:N0} shards."));
        if (Timeout <= TimeSpan.Zero || Timeout.TotalMilliseconds > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(Timeout), Timeout, "Timeout is more than zero and at most 24 days.");
        if (Attributes.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("Attributes contains an empty name; leave it out.", nameof(Attributes));
    }
}
