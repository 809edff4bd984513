using ImageRec.Sharing.Stores;
using ImageRec.VectorData.Store;
using Microsoft.Extensions.VectorData;

namespace ImageRec;

/// <summary>Keeps shared catalogs in stores of Microsoft.Extensions.VectorData.</summary>
public static class VectorStoreSharedCatalog
{
    extension(SharedCatalog)
    {
        /// <summary>
        /// Names a catalog in any store that Microsoft.Extensions.VectorData has a provider for. It lies in two collections: one is called
        /// as the catalog and keeps the fitted pipeline, one begins with that name and keeps the items.
        /// </summary>
        /// <param name="store">The store, which the caller goes on owning and disposes when the catalog is not used any more.</param>
        /// <param name="name">
        /// Name of the catalog: letters, digits, '.', '-' and '_', as far as the store takes them in names of collections.
        /// </param>
        /// <param name="configure">Changes the defaults.</param>
        /// <exception cref="ArgumentException">The name cannot be taken, or an option is out of range.</exception>
        public static SharedCatalog VectorStore(VectorStore store, string name, Action<VectorStoreCatalogOptions>? configure = null)
        {
            ArgumentNullException.ThrowIfNull(store);
            SharedCatalog.RequireName(name);
            var options = new VectorStoreCatalogOptions();
            configure?.Invoke(options);
            options.Validate();
            var fields = new RecordFields(options.KeyType, options.DistanceFunction, options.IndexKind);
            return new SharedCatalog(name, new SharedLayout(1, [.. options.Attributes]), async cancellationToken =>
            {
                var index = new VectorStoreIndex(new StoreCalls(store, name), fields, options.Count);
                await index.ConnectAsync(cancellationToken).ConfigureAwait(false);
                return index;
            });
        }
    }
}
