using System.Text.Json;
using ImageRec.Building;
using ImageRec.Images;
using ImageRec.Storage;

namespace ImageRec.Tool.Input;

/// <summary>A catalog file of any item type, open for reading: what its app keeps of an item is JSON here.</summary>
internal sealed class OpenCatalog : IAsyncDisposable
{
    private OpenCatalog(RecommendationEngine<JsonElement> engine, CatalogSettings settings) => (Engine, Settings) = (engine, settings);

    public RecommendationEngine<JsonElement> Engine { get; }

    /// <summary>What the catalog was built with.</summary>
    public CatalogSettings Settings { get; }

    /// <summary>Whether an app has built it with an item type of its own, whose JSON says more than id and category.</summary>
    public bool HasOwnItems => IsOwn(Settings);

    public static bool IsOwn(CatalogSettings settings) => settings.ItemType != typeof(CatalogItem).FullName;

    /// <exception cref="CatalogFileException">The file cannot be used, or needs a part that only its app has.</exception>
    public static async Task<OpenCatalog> OpenAsync(string file, CancellationToken token)
    {
        RecommendationEngine<JsonElement> engine;
        try
        {
            engine = await new RecommenderBuilder().RestoreForests().OpenAsync<JsonElement>(file, token);
        }
        catch (CatalogFileException e) when (e.MissingComponent == StoredComponents.ExtractorRole)
        {
            var absent = new AbsentExtractor(file, CatalogHead.Read(file));
            engine = await new RecommenderBuilder().RestoreForests().UseExtractor(absent).OpenAsync<JsonElement>(file, token);
        }
        try
        {
            return new(engine, CatalogHead.Read(file));
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finds the picture of an item whose JSON names a file: as Path in catalogs of this command, anywhere in an app's.</summary>
    /// <returns>Null when it names none.</returns>
    public ImageSource? PictureOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return null;
        var texts = item.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String);
        var named = HasOwnItems ? texts : texts.Where(property => property.NameEquals(nameof(CatalogItem.Path)));
        var path = named.Select(property => property.Value.GetString()!)
            .FirstOrDefault(text => !HasOwnItems || (ImageEndings.Has(text) && File.Exists(text)));
        return path is null ? null : ImageSource.FromFile(path);
    }

    /// <summary>Reads which categories the items have, sorted.</summary>
    public IReadOnlyList<string> ItemCategories() =>
        [.. Engine.Records().Select(record => record.Category).OfType<string>().Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
