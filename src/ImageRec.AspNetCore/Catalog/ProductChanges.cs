using ImageRec.AspNetCore.Observability;
using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Catalog;

/// <summary>
/// Puts products into the app's own store and then into the index, and removes them from both: what the store refuses is not indexed, and
/// what the index cannot take although it is stored is taken when the catalog is reindexed.
/// </summary>
internal sealed class ProductChanges<TItem>(VisualCatalog<TItem> catalog, ILogger log)
{
    private const string Stored = "stored";
    private const string Removed = "removed";

    /// <param name="upload">The product; its picture was decoded already.</param>
    /// <param name="picture">The picture, in memory of its own.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>The number of products in the index.</returns>
    /// <exception cref="Problem">Nothing has changed, or it is stored but not indexed yet; the sentence says which.</exception>
    public Task<int> PutAsync(ProductUpload<TItem> upload, ImageSource picture, CancellationToken cancellationToken) =>
        catalog.ChangeAsync(async () =>
        {
            var isStored = catalog.Options.Save is { } save
                && await StoreAsync(() => save(upload, cancellationToken), upload.Id, Stored, cancellationToken).ConfigureAwait(false);
            var failure = await TryAsync(() => UpsertAsync(upload.Item, picture)).ConfigureAwait(false);
            if (catalog.IsListed && (failure is null || isStored))
                catalog.Shelf.Put(upload.Id, upload.Item, isStored ? null : picture);
            return await DoneAsync(failure, upload.Id, isStored ? Stored : null).ConfigureAwait(false);
        }, cancellationToken);

    /// <exception cref="Problem">As in <see cref="PutAsync"/>.</exception>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => catalog.ChangeAsync(async () =>
    {
        var isStored = catalog.Options.Delete is { } delete
            && await StoreAsync(() => delete(id, cancellationToken), id, Removed, cancellationToken).ConfigureAwait(false);
        var failure = await TryAsync(() => catalog.RequireEngine().RemoveAsync(id, CancellationToken.None)).ConfigureAwait(false);
        if (catalog.IsListed && (failure is null || isStored))
            catalog.Shelf.Remove(id, isStored);
        return await DoneAsync(failure, id, isStored ? Removed : null).ConfigureAwait(false);
    }, cancellationToken);

    private async Task<bool> UpsertAsync(TItem item, ImageSource picture)
    {
        // Stored already, so that a client who leaves does not part the store from the index.
        var products = new[] { item }.ToCatalog(catalog.Options.Id!, _ => picture, catalog.Reader.Category);
        var report = await catalog.RequireEngine().UpsertAsync(products, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        return report.Unreadable is [] ? true : throw new UnreadableImageException(report.Unreadable[0].Reason);
    }

    private async Task<bool> StoreAsync(Func<ValueTask> store, string id, string done, CancellationToken cancellationToken)
    {
        try
        {
            await store().ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The app's own code: it may refuse in words of its own, anything else stays inside.
        catch (Exception e) when (e is not BadHttpRequestException)
#pragma warning restore CA1031
        {
            log.StoreFailed(catalog.Label, id, done, e);
            throw Problem.StoreFailed(id, done);
        }
    }

    private static async Task<Exception?> TryAsync<T>(Func<Task<T>> change)
    {
        try
        {
            await change().ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Reported by DoneAsync, together with what became of the store.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    /// <param name="failure">What the index failed with; null when it did not.</param>
    /// <param name="id">The product.</param>
    /// <param name="done">What the app's store has done with it; null for nothing.</param>
    /// <returns>The number of products in the index.</returns>
    private async Task<int> DoneAsync(Exception? failure, string id, string? done)
    {
        if (failure is null)
        {
            var indexed = await catalog.CountAsync(CancellationToken.None).ConfigureAwait(false);
            catalog.Board.Change(s => s with { Indexed = indexed });
            return indexed;
        }
        log.IndexFailed(catalog.Label, id, failure);
        if (done is not null)
            catalog.Reindex();
        throw Problem.IndexFailed(id, done, isBusy: failure is CatalogFileException or SharedCatalogException);
    }
}
