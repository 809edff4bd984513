using ImageRec.Answering;
using ImageRec.Sharing.Answering;
using ImageRec.Building;
using ImageRec.Sharing.Stores;
using ImageRec.Storage;

namespace ImageRec.Sharing.Building;

/// <summary>Writes a shared catalog into a catalog file: the fitted pipeline, the items in order of their ids, their rows.</summary>
/// <param name="index">The store, placed.</param>
/// <param name="manifest">What the catalog is.</param>
/// <param name="builder">Brings the components that are the caller's own.</param>
internal sealed class SharedExport<TItem>(ISharedIndex index, CatalogManifest manifest, RecommenderBuilder builder)
{
    private const int PageItems = 512;

    /// <summary>Writes the file and opens it.</summary>
    /// <exception cref="CatalogFileException">There is a catalog in that file.</exception>
    public async Task<RecommendationEngine<TItem>> RunAsync(string? path, CancellationToken cancellationToken)
    {
        using var fitted = await FittedPipeline.ReadAsync(index, manifest, cancellationToken).ConfigureAwait(false);
        var (components, pipeline) = FittedPipeline.Load<TItem>(fitted, builder);
        CatalogFile? file = null;
        var isOurs = false;
        try
        {
            file = CatalogFile.OpenOrCreate(path);
            if (CatalogSettings.Read(file) is not null)
                throw new CatalogFileException($"There is a catalog in '{file.Name}' already. Give another file, or delete it first.");
            isOurs = true;
            var items = 0;
            // All of it or none: what was interrupted is no catalog.
            await file.AtomicallyAsync(async () =>
            {
                foreach (var (name, data) in FittedPipeline.PartsOf(fitted))
                    file.State.Write(name, data);
                items = await WriteItemsAsync(file, pipeline, cancellationToken).ConfigureAwait(false);
                file.Log.Open(file.State.Checksum());
            }).ConfigureAwait(false);
            return await EngineLoader.LoadAsync<TItem>(
                file, components, own: null, new BuildReport { Items = items, Computed = items }, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (isOurs)
                file!.Discard();
            else
                file?.Dispose();
            components.DisposeExtractor();
            throw;
        }
    }

    private async Task<int> WriteItemsAsync(CatalogFile file, RowPipeline pipeline, CancellationToken cancellationToken)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var page in index.ListAsync(cancellationToken).ConfigureAwait(false))
            ids.UnionWith(page);
        var key = 0;
        foreach (var page in ids.Chunk(PageItems))
        {
            // Without those that were removed since they were listed.
            var pairs = await RecordsWithRows.ReadAsync(index, page, cancellationToken).ConfigureAwait(false);
            foreach (var (record, row) in pairs.OfType<(SharedRecord, float[])>())
            {
                var (cluster, distance) = pipeline.AssignCluster(row);
                file.Items.Write(new StoredItem
                {
                    Key = key++, Id = record.Id, Category = record.Category, Json = record.Json, Hash = record.Picture,
                    Cluster = cluster, Distance = distance,
                }, row);
            }
        }
        return key;
    }
}
