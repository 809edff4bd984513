using System.Text.Json;
using ImageRec.Images;
using ImageRec.Storage;

namespace ImageRec.Tool.Input;

/// <summary>A catalog of any item type, in a file or shared, open for queries: what its app keeps of an item is JSON here.</summary>
/// <param name="settings">What the catalog was built with.</param>
internal abstract class CatalogView(CatalogSettings settings) : IAsyncDisposable
{
    /// <summary>Gets what answers.</summary>
    public abstract IRecommendationEngine<JsonElement> Answers { get; }

    /// <summary>What the catalog was built with.</summary>
    public CatalogSettings Settings => settings;

    /// <summary>Whether an app has built it with an item type of its own, whose JSON says more than id and category.</summary>
    public bool HasOwnItems => IsOwn(settings);

    public static bool IsOwn(CatalogSettings settings) => settings.ItemType != typeof(CatalogItem).FullName;

    /// <summary>Opens the catalog in a file or at an address.</summary>
    public static async Task<CatalogView> OpenAsync(string place, CancellationToken token) => StoreAddress.Is(place)
        ? await SharedView.OpenAsync(StoreAddress.Parse(place), token)
        : await OpenCatalog.OpenAsync(place, token);

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
    public abstract Task<IReadOnlyList<string>> ReadCategoriesAsync(CancellationToken token);

    public abstract ValueTask DisposeAsync();
}
