namespace ImageRec.Sharing.Stores;

/// <summary>Says what a shared catalog is: where its fitted pipeline lies and how its records are placed.</summary>
internal sealed record CatalogManifest
{
    /// <summary>What this version of the library writes.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>Gets the name of this fit, a part of its blobs' keys.</summary>
    public required string Fit { get; init; }

    /// <summary>Gets the blobs of the fitted pipeline by name.</summary>
    public required IReadOnlyDictionary<string, BlobEntry> Blobs { get; init; }

    public required int Shards { get; init; }

    /// <summary>Gets the names of the declared attributes, as they stand in JSON.</summary>
    public required IReadOnlyList<string> Attributes { get; init; }

    /// <summary>Gets how the declared attributes are written; null where an earlier version did not say.</summary>
    public IReadOnlyDictionary<string, AttributeKind>? Kinds { get; init; }

    /// <summary>Gets the dimensions per row.</summary>
    public required int Dimensions { get; init; }
}
