namespace ImageRec;

/// <summary>Ways to make an <see cref="ImageCatalog{TItem}"/>.</summary>
public static partial class ImageCatalog
{
    /// <summary>A catalogue of the caller's own items.</summary>
    /// <param name="items">The items, in catalogue order (equal scores are answered in this order).</param>
    /// <param name="id">Gives an item's id: unique, not empty.</param>
    /// <param name="image">Gives an item's picture.</param>
    /// <param name="category">Gives an item's category, or null when it is not known.</param>
    /// <param name="group">Names what an item's picture shows, see <see cref="CatalogEntry{TItem}.Group"/>; needed only where items show one thing and do not look alike.</param>
    public static ImageCatalog<TItem> ToCatalog<TItem>(
        this IEnumerable<TItem> items, Func<TItem, string> id, Func<TItem, ImageSource> image, Func<TItem, string?>? category = null, Func<TItem, string?>? group = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(image);
        return new ImageCatalog<TItem>($"{typeof(TItem).Name} items", () => items.Select(item => new CatalogEntry<TItem>
        {
            Id = id(item),
            Image = image(item),
            Category = category?.Invoke(item),
            Group = group?.Invoke(item),
            Item = item,
        }));
    }
}
