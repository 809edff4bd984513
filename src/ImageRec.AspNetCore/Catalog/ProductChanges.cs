using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore;

/// <summary>
/// Puts products into the app's own store and into the index, in this order, and removes them from both: what the store refuses is not indexed, and what
/// the index cannot take although it is stored is taken by the next run of the indexer.
/// </summary>
internal sealed partial class ProductChanges<TItem>(VisualCatalog<TItem> catalog, ILogger log)
{
    /// <param name="engine">The index.</param>
    /// <param name="upload">The product; its picture is decoded already.</param>
    /// <param name="picture">The picture, in memory of its own.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="Problem">Nothing has changed, or it is stored but not indexed yet; the sentence says which.</exception>
    public Task PutAsync(RecommendationEngine<TItem> engine, ProductUpload<TItem> upload, ImageSource picture, CancellationToken cancellationToken) =>
        catalog.ChangeAsync(async () =>
        {
            var isStored = catalog.Options.Save is { } save
                && await StoreAsync(() => save(upload, cancellationToken), upload.Id, "stored", cancellationToken).ConfigureAwait(false);
            var failure = await TryAsync(() => UpsertAsync(engine, upload.Item, picture)).ConfigureAwait(false);
            if (failure is null || isStored)
                catalog.Shelf.Put(upload.Id, upload.Item, isStored ? null : picture);
            return Done(failure, isStored, upload.Id, "stored", engine);
        }, cancellationToken);

    /// <exception cref="Problem">As in <see cref="PutAsync"/>.</exception>
    public Task RemoveAsync(RecommendationEngine<TItem> engine, string id, CancellationToken cancellationToken) =>
        catalog.ChangeAsync(async () =>
        {
            var isStored = catalog.Options.Delete is { } delete
                && await StoreAsync(() => delete(id, cancellationToken), id, "removed", cancellationToken).ConfigureAwait(false);
            var failure = await TryAsync(() => engine.RemoveAsync(id, CancellationToken.None)).ConfigureAwait(false);
            if (failure is null || isStored)
                catalog.Shelf.Remove(id, isStored);
            return Done(failure, isStored, id, "removed", engine);
        }, cancellationToken);

    private async Task<bool> UpsertAsync(RecommendationEngine<TItem> engine, TItem item, ImageSource picture)
    {
        // Stored already, so that a client who leaves does not part the store from the index.
        var products = new[] { item }.ToCatalog(catalog.Options.Id!, _ => picture, catalog.Reader.Category);
        var report = await engine.UpsertAsync(products, cancellationToken: CancellationToken.None).ConfigureAwait(false);
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
            StoreFailed(id, done, e);
            throw Problem.AppFailed("store-failed", "The app could not do this", $"The app's own store failed, so the product '{Problem.Short(id)}' was not {done}. Nothing has changed.");
        }
    }

    private static async Task<Exception?> TryAsync<T>(Func<Task<T>> change)
    {
        try
        {
            await change().ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Told by Done, with what became of the store.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private bool Done(Exception? failure, bool isStored, string id, string done, RecommendationEngine<TItem> engine)
    {
        if (failure is null)
        {
            catalog.Board.Change(s => s with { Indexed = engine.Count });
            return true;
        }
        IndexFailed(id, failure);
        var detail = isStored
            ? $"The product '{Problem.Short(id)}' was {done} by the app, but the index could not be changed. The next run of the indexer, which was asked for, repairs that."
            : $"The index could not be changed, so the product '{Problem.Short(id)}' was not {done}. Nothing has changed.";
        if (isStored)
            catalog.Reindex();
        throw failure is CatalogFileException ? Problem.IndexBusy(detail) : Problem.AppFailed("index-failed", "The index could not be changed", detail);
    }

    [LoggerMessage(LogLevel.Error, "The app's own store failed: product {ProductId} was not {Done}")]
    private partial void StoreFailed(string productId, string done, Exception error);

    [LoggerMessage(LogLevel.Error, "The index could not be changed for product {ProductId}")]
    private partial void IndexFailed(string productId, Exception error);
}
