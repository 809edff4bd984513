using System.Globalization;
using ImageRec.Sharing.Stores;
using Microsoft.Extensions.VectorData;

namespace ImageRec.VectorData.Store;

/// <summary>Keeps texts by name: what a shared catalog is besides its items.</summary>
/// <param name="calls">The store.</param>
/// <param name="fields">How records are written.</param>
internal sealed class NoteCollection(StoreCalls calls, RecordFields fields) : IDisposable
{
    private readonly VectorStoreCollection<object, Dictionary<string, object?>> _collection =
        calls.Store.GetDynamicCollection(calls.Catalog, fields.OfNotes());

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        calls.RunAsync(() => _collection.CollectionExistsAsync(cancellationToken), cancellationToken);

    public Task EnsureExistsAsync(CancellationToken cancellationToken) =>
        calls.RunAsync(() => _collection.EnsureCollectionExistsAsync(cancellationToken), cancellationToken);

    /// <returns>Null where there is none.</returns>
    public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var note = await calls.RunAsync(
            () => _collection.GetAsync(fields.KeyOf(name), options: null, cancellationToken), cancellationToken).ConfigureAwait(false);
        return note?.GetValueOrDefault(RecordFields.Text) as string;
    }

    public Task WriteAsync(string name, string text, CancellationToken cancellationToken) =>
        calls.RunAsync(() => _collection.UpsertAsync(fields.Note(name, text), cancellationToken), cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        calls.RunAsync(() => _collection.DeleteAsync(fields.KeyOf(name), cancellationToken), cancellationToken);

    public Task DeleteAllAsync(CancellationToken cancellationToken) =>
        calls.RunAsync(() => _collection.EnsureCollectionDeletedAsync(cancellationToken), cancellationToken);

    /// <summary>Writes a blob in pieces, as text.</summary>
    public async Task<BlobEntry> WriteBlobAsync(string fit, string name, byte[] data, CancellationToken cancellationToken)
    {
        var pieces = BlobPieces.Of(data, BlobPieces.SmallPiece).ToList();
        for (var piece = 0; piece < pieces.Count; piece++)
            await WriteAsync(NameOf(fit, name, piece), Convert.ToBase64String(pieces[piece].Span), cancellationToken).ConfigureAwait(false);
        return BlobPieces.Describe(data, pieces.Count);
    }

    public async Task<byte[]> ReadBlobAsync(CatalogManifest manifest, string name, CancellationToken cancellationToken)
    {
        if (!manifest.Blobs.TryGetValue(name, out var entry))
            throw calls.Damaged($"its {name} is missing");
        try
        {
            return await BlobPieces.JoinAsync(entry, name, async piece =>
                await ReadAsync(NameOf(manifest.Fit, name, piece), cancellationToken).ConfigureAwait(false) is { } text
                    ? Convert.FromBase64String(text)
                    : null).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw calls.Damaged(e.Message);
        }
    }

    public async Task DeleteBlobsAsync(CatalogManifest manifest, CancellationToken cancellationToken)
    {
        foreach (var (name, entry) in manifest.Blobs)
            for (var piece = 0; piece < entry.Chunks; piece++)
                await DeleteAsync(NameOf(manifest.Fit, name, piece), cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _collection.Dispose();

    private static string NameOf(string fit, string name, int piece) =>
        string.Create(CultureInfo.InvariantCulture, $"fit:{fit}:{name}:{piece}");
}
