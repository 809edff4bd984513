using ImageRec.Images;

namespace ImageRec;

/// <summary>Makes instances of <see cref="ImageCatalog{TItem}"/>.</summary>
public static partial class ImageCatalog
{
    /// <summary>Makes a catalog of the caller's own items.</summary>
    /// <remarks>
    /// An item whose <paramref name="image"/> throws or returns null is left out and listed as unreadable, like one whose image cannot be
    /// read. What the other functions or the items' enumerator throw ends the listing with a <see cref="CatalogException"/> that says which
    /// item it was.
    /// </remarks>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="items">The items, in catalog order: of equal scores the earlier item comes first.</param>
    /// <param name="id">Returns an item's id: unique, not empty.</param>
    /// <param name="image">Returns an item's image.</param>
    /// <param name="category">Returns an item's category, or null when it is not known.</param>
    /// <param name="group">
    /// Returns the name of what an item's image shows, see <see cref="CatalogEntry{TItem}.Group"/>, or null; needed only where several
    /// items show one thing and do not look similar.
    /// </param>
    public static ImageCatalog<TItem> ToCatalog<TItem>(
        this IEnumerable<TItem> items, Func<TItem, string> id, Func<TItem, ImageSource> image, Func<TItem, string?>? category,
        Func<TItem, string?>? group)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(image);
        var name = $"{typeof(TItem).Name} items";
        return new ImageCatalog<TItem>(name, () => new CallerItems<TItem>(name, id, image, category, group).Entries(items));
    }

    /// <inheritdoc cref="ToCatalog{TItem}(IEnumerable{TItem}, Func{TItem, string}, Func{TItem, ImageSource}, Func{TItem, string}, Func{TItem, string})" />
    public static ImageCatalog<TItem> ToCatalog<TItem>(
        this IEnumerable<TItem> items, Func<TItem, string> id, Func<TItem, ImageSource> image, Func<TItem, string?>? category) =>
        items.ToCatalog(id, image, category, group: null);

    /// <inheritdoc cref="ToCatalog{TItem}(IEnumerable{TItem}, Func{TItem, string}, Func{TItem, ImageSource}, Func{TItem, string}, Func{TItem, string})" />
    public static ImageCatalog<TItem> ToCatalog<TItem>(
        this IEnumerable<TItem> items, Func<TItem, string> id, Func<TItem, ImageSource> image) =>
        items.ToCatalog(id, image, category: null, group: null);

    /// <summary>Makes a catalog of the caller's own items that are read asynchronously, such as from a database.</summary>
    /// <inheritdoc cref="ToCatalog{TItem}(IEnumerable{TItem}, Func{TItem, string}, Func{TItem, ImageSource}, Func{TItem, string}, Func{TItem, string})" />
    public static ImageCatalog<TItem> ToCatalog<TItem>(
        this IAsyncEnumerable<TItem> items, Func<TItem, string> id, Func<TItem, ImageSource> image, Func<TItem, string?>? category,
        Func<TItem, string?>? group)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(image);
        var name = $"{typeof(TItem).Name} items";
        return new ImageCatalog<TItem>(name, () => new CallerItems<TItem>(name, id, image, category, group).EntriesAsync(items));
    }

    /// <inheritdoc cref="ToCatalog{TItem}(IAsyncEnumerable{TItem}, Func{TItem, string}, Func{TItem, ImageSource}, Func{TItem, string}, Func{TItem, string})" />
    public static ImageCatalog<TItem> ToCatalog<TItem>(
        this IAsyncEnumerable<TItem> items, Func<TItem, string> id, Func<TItem, ImageSource> image, Func<TItem, string?>? category) =>
        items.ToCatalog(id, image, category, group: null);

    /// <inheritdoc cref="ToCatalog{TItem}(IAsyncEnumerable{TItem}, Func{TItem, string}, Func{TItem, ImageSource}, Func{TItem, string}, Func{TItem, string})" />
    public static ImageCatalog<TItem> ToCatalog<TItem>(
        this IAsyncEnumerable<TItem> items, Func<TItem, string> id, Func<TItem, ImageSource> image) =>
        items.ToCatalog(id, image, category: null, group: null);
}
