namespace ImageRec.Storage;

/// <summary>Holds an item as the file stores it.</summary>
internal sealed record StoredItem
{
    public required int Key { get; init; }
    public required string Id { get; init; }
    public string? Category { get; init; }

    /// <summary>Gets the caller's item as JSON; null in a temporary catalog.</summary>
    public string? Json { get; init; }

    /// <summary>Gets the hash of the image; null while the row is still to be computed.</summary>
    public UInt128? Hash { get; init; }
    public int Cluster { get; init; }

    /// <summary>Gets the squared Euclidean distance of the row to its cluster's centroid.</summary>
    public float Distance { get; init; }

    /// <summary>Gets the checksum over all columns, the row among them; 0 while the row is still to be computed.</summary>
    public long Checksum { get; init; }
}
