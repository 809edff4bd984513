namespace ImageRec;

/// <summary>Ways to make an <see cref="ImageCatalog{TItem}"/>.</summary>
public static partial class ImageCatalog
{
    /// <summary>A catalogue of the caller's own items.</summary>
    /// <param name="items">The items, in catalogue order (equal scores are answered in this order).</param>
    /// <param name="id">Gives an item's id: unique, not empty.</param>
    /// <param name="image">Gives an item's picture.</param>
    /// <param name="category">Gives an item's category, or null when it is not known.</param>
    public static ImageCatalog<TItem> ToCatalog<TItem>(
        this IEnumerable<TItem> items, Func<TItem, string> id, Func<TItem, ImageSource> image, Func<TItem, string?>? category = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(image);
        return new ImageCatalog<TItem>($"{typeof(TItem).Name} items", () => items.Select(item => new CatalogEntry<TItem>
        {
            Id = id(item),
            Image = image(item),
            Category = category?.Invoke(item),
            Item = item,
        }));
    }
}
