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

    /// <summary>
    /// Gets or sets whether replicas answer queries, where there are any. They carry load and answer while their primary is away, and they
    /// may lag behind it: a change is then not always seen by the next query. What changes the catalog reads from primaries.
    /// Default: false.
    /// </summary>
    public bool ReadFromReplicas { get; set; }

    /// <summary>
    /// Gets or sets how long a query waits for a shard before it is answered without it, at most <see cref="Timeout"/>: the answer then
    /// says which shards it lacks (<see cref="SharedAnswers.MissingShards"/>). Null, the default, answers in full or not at all.
    /// </summary>
    public TimeSpan? PartialAfter { get; set; }

    internal void Validate()
    {
        if (Shards is { } shards and (< 1 or > MostShards))
            throw new ArgumentOutOfRangeException(
                nameof(Shards), shards, FormattableString.Invariant($"A shared catalog has 1 to {MostShards:N0} shards."));
        if (Timeout <= TimeSpan.Zero || Timeout.TotalMilliseconds > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(Timeout), Timeout, "Timeout is more than zero and at most 24 days.");
        if (PartialAfter is { } patience && (patience <= TimeSpan.Zero || patience > Timeout))
            throw new ArgumentOutOfRangeException(
                nameof(PartialAfter), patience, "A query waits for a shard for more than zero, and at most as long as a command may take.");
        if (Attributes.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("Attributes contains an empty name; leave it out.", nameof(Attributes));
    }
}
