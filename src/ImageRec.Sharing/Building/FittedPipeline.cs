using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Sharing.Stores;
using ImageRec.Storage;

namespace ImageRec.Sharing.Building;

/// <summary>
/// Carries a fitted pipeline between a store and an engine: the named parts that a catalog file keeps besides its items, byte for byte.
/// </summary>
internal static class FittedPipeline
{
    // What a file keeps for its own search; the store searches here.
    private static readonly string[] s_ofFilesOnly = ["index"];

    /// <summary>Returns the parts that travel.</summary>
    /// <param name="file">A finished catalog.</param>
    public static SortedDictionary<string, byte[]> PartsOf(CatalogFile file)
    {
        var parts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in file.State.Names.Except(s_ofFilesOnly))
            parts.Add(name, file.State.Read(name) ?? throw file.Damaged($"its {name} is missing"));
        return parts;
    }

    /// <summary>Makes a temporary catalog without items that holds the published parts.</summary>
    public static Task<CatalogFile> ReadAsync(ISharedIndex index, CatalogManifest manifest, CancellationToken cancellationToken) =>
        ReadAsync(index, manifest, manifest.Blobs.Keys, cancellationToken);

    /// <summary>Makes a temporary catalog that holds the settings alone.</summary>
    public static Task<CatalogFile> ReadSettingsAsync(ISharedIndex index, CatalogManifest manifest, CancellationToken cancellationToken) =>
        ReadAsync(index, manifest, ["settings"], cancellationToken);

    private static async Task<CatalogFile> ReadAsync(
        ISharedIndex index, CatalogManifest manifest, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var parts = new List<(string Name, byte[] Data)>();
        foreach (var name in names)
            parts.Add((name, await index.ReadBlobAsync(manifest, name, cancellationToken).ConfigureAwait(false)));
        var file = CatalogFile.OpenOrCreate(path: null);
        try
        {
            file.Label = index.Name;
            file.Atomically(() =>
            {
                foreach (var (name, data) in parts)
                    file.State.Write(name, data);
            });
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Loads what travels, with the components that the builder restores from it.</summary>
    /// <exception cref="SharedCatalogException">It was built with other components, or to put the category first.</exception>
    public static (Components Components, RowPipeline Pipeline) Load<TItem>(CatalogFile file, RecommenderBuilder builder)
    {
        Components? components = null;
        try
        {
            components = builder.RestoreShared(file);
            StoredSettings.Require<TItem>(file, components);
            var pipeline = PipelineState.Load(file, components);
            if (pipeline.Categories is { IsFirst: true })
                throw new SharedCatalogException(
                    $"'{file.Name}' was built to put the category first, which a shared catalog does not do. Build it without that.");
            return (components, pipeline);
        }
        catch (Exception e)
        {
            components?.DisposeExtractor();
            if (e is CatalogFileException)
                throw new SharedCatalogException(e.Message, e);
            throw;
        }
    }
}
