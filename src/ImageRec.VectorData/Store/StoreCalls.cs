using Microsoft.Extensions.VectorData;

namespace ImageRec.VectorData.Store;

/// <summary>Calls a vector store; errors say which catalog and which store they are of.</summary>
/// <param name="store">The store.</param>
/// <param name="catalog">Name of the catalog.</param>
internal sealed class StoreCalls(VectorStore store, string catalog)
{
    public VectorStore Store => store;

    /// <summary>Gets the name of the catalog.</summary>
    public string Catalog => catalog;

    /// <summary>Gets what the store is called.</summary>
    public string Kind { get; } =
        (store.GetService(typeof(VectorStoreMetadata)) as VectorStoreMetadata)?.VectorStoreSystemName ?? store.GetType().Name;

    /// <summary>Runs a call of the provider's, whose errors may be of any type.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not SharedCatalogException && !cancellationToken.IsCancellationRequested)
        {
            throw Explain(e);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> call, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        await call().ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Reads all that a call of the provider's returns.</summary>
    public Task<List<T>> ListAsync<T>(Func<IAsyncEnumerable<T>> call, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        var all = new List<T>();
        await foreach (var one in call().WithCancellation(cancellationToken).ConfigureAwait(false))
            all.Add(one);
        return all;
    }, cancellationToken);

    /// <summary>Returns the error of a catalog that holds what no version has written.</summary>
    public SharedCatalogException Damaged(string what) =>
        new($"'{catalog}' is damaged: {what}. Restore the store from a copy, or delete the catalog and build it again.");

    private SharedCatalogException Explain(Exception e) => new(
        $"'{catalog}' in {Kind} could not be read or changed: {(e.InnerException ?? e).Message.TrimEnd('.')}. See that the store runs and "
        + "can be reached, then try again.", e) { Shard = 0 };
}
