using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>A product's picture on its way into the catalogue.</summary>
internal sealed class Picture<TItem>(int key, CatalogEntry<TItem> entry, string? json)
{
    public int Key => key;

    public CatalogEntry<TItem> Entry => entry;

    public string? Json => json;

    public UInt128 Hash { get; private set; }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public string? Failure { get; set; }

    /// <summary>Reads the bytes and hashes them.</summary>
    public async Task<ImageSource?> ReadAsync(ImageLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await entry.Image.ReadAsync(limits.MaxBytes, cancellationToken).ConfigureAwait(false);
            Hash = ContentHash.Of(bytes.Span);
            return ImageSource.FromBytes(bytes, entry.Image.Name);
        }
        catch (UnreadableImageException e)
        {
            Failure = e.Message;
            return null;
        }
    }

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
