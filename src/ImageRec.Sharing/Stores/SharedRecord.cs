using System.Text.Json;

namespace ImageRec.Sharing.Stores;

/// <summary>Holds an item as a shared catalog keeps it.</summary>
internal sealed record SharedRecord
{
    public required string Id { get; init; }

    /// <summary>Gets the item's category; null when it is not known.</summary>
    public string? Category { get; init; }

    /// <summary>Gets the hash of the image's bytes.</summary>
    public required UInt128 Picture { get; init; }

    /// <summary>Gets the caller's item as JSON.</summary>
    public required string Json { get; init; }

    /// <summary>Gets the values of the declared attributes by their names in JSON: numbers, strings and truth values.</summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Gets a checksum of the row that belongs to the record; null where the store cannot give one without the other.</summary>
    public uint? RowChecksum { get; init; }

    /// <summary>Gets the row, d values, L2-normalized; empty where it was not asked for.</summary>
    public ReadOnlyMemory<float> Row { get; init; }
}
