using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageRec.Sharing.Stores;
using StackExchange.Redis;
using static System.FormattableString;

namespace ImageRec.Redis.Store;

/// <summary>Keeps what a shared catalog is beside its items: the manifest, the fitted pipeline in pieces, the tuning, the lease.</summary>
/// <param name="store">The servers.</param>
/// <param name="keys">Where everything is.</param>
internal sealed class PublishedFit(StoreConnection store, CatalogKeys keys)
{
    private async Task<CatalogManifest?> ReadManifestAsync(RedisKey key, CancellationToken cancellationToken)
    {
        var json = await GetAsync(key, cancellationToken).ConfigureAwait(false);
        if (json is null)
            return null;
        var manifest = Parse(json, SharedJson.Default.CatalogManifest);
        return manifest.Version <= CatalogManifest.CurrentVersion ? manifest : throw new SharedCatalogException(
            Invariant($"'{store.Catalog}' was written by a newer version (format {manifest.Version}; this one reads up to ")
            + Invariant($"{CatalogManifest.CurrentVersion}). Update the package ImageRec.Redis."));
    }

    private const int ChunkBytes = 1024 * 1024;
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);

    public Task<CatalogManifest?> ReadManifestAsync(CancellationToken cancellationToken) =>
        ReadManifestAsync(keys.Manifest, cancellationToken);

    /// <summary>Reads what a catalog was whose deleting was interrupted; null for none.</summary>
    public Task<CatalogManifest?> ReadDeletingAsync(CancellationToken cancellationToken) =>
        ReadManifestAsync(keys.Deleting, cancellationToken);

    /// <summary>Notes what is being deleted, so that an interrupted deleting can go on.</summary>
    public Task WriteDeletingAsync(CatalogManifest manifest, CancellationToken cancellationToken) => store.AskAsync(
        keys.Deleting,
        new StoreCommand("SET", keys.Deleting, JsonSerializer.SerializeToUtf8Bytes(manifest, SharedJson.Default.CatalogManifest)),
        cancellationToken);

    public async Task<bool> PublishAsync(
        CatalogManifest manifest, IReadOnlyDictionary<string, byte[]> blobs, CancellationToken cancellationToken)
    {
        if (await ReadDeletingAsync(cancellationToken).ConfigureAwait(false) is not null)
            throw new SharedCatalogException(
                $"'{store.Catalog}' is being deleted, or its deleting was interrupted. Wait, or delete it again; then build it.");
        var entries = new SortedDictionary<string, BlobEntry>(StringComparer.Ordinal);
        foreach (var (name, data) in blobs)
        {
            var chunks = 0;
            foreach (var part in BlobPieces.Of(data, ChunkBytes))
            {
                var key = keys.Blob(manifest.Fit, name, chunks++);
                await store.AskAsync(key, new StoreCommand("SET", key, part.ToArray()), cancellationToken).ConfigureAwait(false);
            }
            entries.Add(name, BlobPieces.Describe(data, chunks));
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest with { Blobs = entries }, SharedJson.Default.CatalogManifest);
        // The last write, and only where there is none: whoever reads it finds everything it names.
        if (await store.AskAsync(keys.Manifest, new StoreCommand("SET", keys.Manifest, json, "NX"), cancellationToken).ConfigureAwait(false)
            is { IsNull: false })
            return true;
        await DeleteBlobsAsync(manifest with { Blobs = entries }, cancellationToken).ConfigureAwait(false);
        return false;
    }

    public async Task<byte[]> ReadBlobAsync(CatalogManifest manifest, string name, CancellationToken cancellationToken)
    {
        if (!manifest.Blobs.TryGetValue(name, out var entry))
            throw store.Damaged($"its {name} is missing");
        try
        {
            return await BlobPieces.JoinAsync(
                entry, name, chunk => GetAsync(keys.Blob(manifest.Fit, name, chunk), cancellationToken)).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw store.Damaged(e.Message);
        }
    }

    public async Task<SearchTuning?> ReadTuningAsync(CancellationToken cancellationToken) =>
        await GetAsync(keys.Tuning, cancellationToken).ConfigureAwait(false) is { } json
            ? Parse(json, SharedJson.Default.SearchTuning)
            : null;

    public Task WriteTuningAsync(SearchTuning tuning, CancellationToken cancellationToken) => store.AskAsync(
        keys.Tuning, new StoreCommand("SET", keys.Tuning, JsonSerializer.SerializeToUtf8Bytes(tuning, SharedJson.Default.SearchTuning)),
        cancellationToken);

    public async Task<ISharedLease?> TryLeaseAsync(string right, CancellationToken cancellationToken)
    {
        var (key, token) = (keys.Lease(right), Guid.NewGuid().ToString("n"));
        var take = new StoreCommand("SET", key, token, "PX", (long)s_lease.TotalMilliseconds, "NX");
        return await store.AskAsync(key, take, cancellationToken).ConfigureAwait(false) is { IsNull: false }
            ? new StoreLease(store, key, token, s_lease)
            : null;
    }

    public async Task DeleteBlobsAsync(CatalogManifest manifest, CancellationToken cancellationToken)
    {
        foreach (var (name, entry) in manifest.Blobs)
            for (var chunk = 0; chunk < entry.Chunks; chunk++)
            {
                var key = keys.Blob(manifest.Fit, name, chunk);
                await store.AskAsync(key, new StoreCommand("DEL", key), cancellationToken).ConfigureAwait(false);
            }
    }

    private async Task<byte[]?> GetAsync(RedisKey key, CancellationToken cancellationToken) =>
        (byte[]?)await store.AskAsync(key, new StoreCommand("GET", key), cancellationToken).ConfigureAwait(false);

    private T Parse<T>(byte[] json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type)!;
        }
        catch (JsonException e)
        {
            throw store.Damaged($"what describes it cannot be read ({e.Message})");
        }
    }
}
