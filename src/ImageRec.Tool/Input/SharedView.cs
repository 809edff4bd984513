using System.Text.Json;
using ImageRec.Building;
using ImageRec.Sharing.Building;
using ImageRec.Storage;

namespace ImageRec.Tool.Input;

/// <summary>A shared catalog of any item type, open.</summary>
internal sealed class SharedView : CatalogView
{
    private SharedView(SharedRecommendationEngine<JsonElement> engine, CatalogSettings settings) : base(settings) => Engine = engine;

    public SharedRecommendationEngine<JsonElement> Engine { get; }

    public override IRecommendationEngine<JsonElement> Answers => Engine;

    /// <exception cref="SharedCatalogException">The store cannot be reached, or the catalog needs a part that only its app has.</exception>
    public static async Task<SharedView> OpenAsync(StoreAddress address, CancellationToken token)
    {
        var engine = await WithBuilderAsync(
            address, builder => builder.OpenAsync<JsonElement>(address.Catalog, token), token);
        try
        {
            using var file = await FittedPipeline.ReadSettingsAsync(engine.State.Index, engine.State.Manifest, token);
            return new(engine, SettingsOf(file));
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a shared catalog by a builder, also one of an app with an extractor of its own.</summary>
    public static async Task<T> WithBuilderAsync<T>(StoreAddress address, Func<RecommenderBuilder, Task<T>> open, CancellationToken token)
    {
        try
        {
            return await open(new RecommenderBuilder().RestoreForests());
        }
        catch (SharedCatalogException e) when (
            e.InnerException is CatalogFileException { MissingComponent: StoredComponents.ExtractorRole })
        {
            await using var index = await address.Catalog.ConnectAsync(token);
            using var file = await FittedPipeline.ReadSettingsAsync(index, (await index.ReadManifestAsync(token))!, token);
            var absent = new AbsentExtractor(address.Shown, SettingsOf(file));
            return await open(new RecommenderBuilder().RestoreForests().UseExtractor(absent));
        }
    }

    public override async Task<IReadOnlyList<string>> ReadCategoriesAsync(CancellationToken token)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var ids in Engine.State.Index.ListAsync(token))
            foreach (var record in await Engine.State.Index.GetAsync(ids, token))
                if (record?.Category is { } category)
                    found.Add(category);
        return [.. found];
    }

    public override ValueTask DisposeAsync() => Engine.DisposeAsync();

    private static CatalogSettings SettingsOf(CatalogFile file) =>
        CatalogSettings.Read(file) ?? throw file.Damaged("its settings are missing");
}
