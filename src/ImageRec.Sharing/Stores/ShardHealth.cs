namespace ImageRec;

/// <summary>
/// Says how one shard of a shared catalog is, as <see cref="SharedRecommendationEngine{TItem}.CheckHealthAsync"/> found it.
/// </summary>
public sealed class ShardHealth
{
    /// <summary>Gets the shard's number, 0 or more.</summary>
    public required int Shard { get; init; }

    /// <summary>
    /// Gets the address of the server that takes its changes, such as <c>10.0.0.1:6379</c>; all known ones while that is open.
    /// </summary>
    public required string Server { get; init; }

    /// <summary>Gets the addresses of that server's replicas; empty where it has none or they are not known.</summary>
    public IReadOnlyList<string> Replicas { get; init; } = [];

    /// <summary>Gets whether the shard answered.</summary>
    public bool IsAvailable => Problem is null;

    /// <summary>Gets how long it took to answer, or to find that it does not.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>Gets how many items it holds; null when it did not answer.</summary>
    public long? Items { get; init; }

    /// <summary>Gets why it did not answer, a sentence; null when it did.</summary>
    public string? Problem { get; init; }
}
