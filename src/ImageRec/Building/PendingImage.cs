using ImageRec.Images;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>Holds an item's image on its way into the catalog.</summary>
internal sealed class PendingImage<TItem>(int key, CatalogEntry<TItem> entry, string? json)
{
    public int Key => key;

    public CatalogEntry<TItem> Entry => entry;

    public string? Json => json;

    public UInt128 Hash { get; private set; }

    /// <summary>Gets or sets why it is left out: it cannot be read, or its embedding is not finite. Null when it is not left out.</summary>
    public string? Failure { get; set; }

    /// <summary>Reads the bytes and hashes them.</summary>
    /// <returns>The bytes; null when they cannot be read, which <see cref="Failure"/> then explains.</returns>
    public async Task<ImageSource?> ReadAsync(ImageLimits limits, IReadMeter? meter, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await entry.Image.Whole.ReadMeteredAsync(limits.MaxBytes, meter, cancellationToken).ConfigureAwait(false);
            Hash = ContentHash.Of(bytes.Span, entry.Image.Region);
            return entry.Image.WithBytes(bytes);
        }
        catch (UnreadableImageException e)
        {
            Failure = e.Message;
            return null;
        }
    }

    /// <summary>Returns the item without a row yet.</summary>
    public StoredItem ToPlanned() => new() { Key = key, Id = entry.Id, Category = entry.Category, Json = json };

    public StoredItem ToStored(int cluster, float distance) => new()
    {
        Key = key,
        Id = entry.Id,
        Category = entry.Category,
        Json = json,
        Hash = Hash,
        Cluster = cluster,
        Distance = distance,
    };
}
