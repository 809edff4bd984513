using System.Collections.Concurrent;
using ImageRec.AspNetCore.Options;

namespace ImageRec.AspNetCore.Catalog;

/// <summary>
/// Reads a product by the app's own functions. When one of them throws for a product, what it should return is unknown; a response with
/// other products does not fail.
/// </summary>
internal sealed class ProductReader<TItem>(ImageRecOptions<TItem> options)
{
    // One object per property: the engine keeps how many products have each of its values by the function that reads it.
    private readonly ConcurrentDictionary<string, Func<TItem, object?>> _properties = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The function that reads a property, the same object at every call; null when there is no such property.</summary>
    public Func<TItem, object?>? Property(string name)
    {
        if (name.Equals(QueryNames.Category, StringComparison.OrdinalIgnoreCase))
            return _properties.GetOrAdd(QueryNames.Category, _ => Category);
        return options.Attributes.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } attribute
            ? _properties.GetOrAdd(attribute.Name, _ => item => Value(attribute, item))
            : null;
    }

    public string Name(TItem item) => Read(options.Name, item) is { Length: > 0 } name ? name : Id(item) ?? "";

    /// <summary>The id; null when it cannot be read.</summary>
    public string? Id(TItem item) => Read(options.Id, item);

    public string? Category(TItem item) => Read(options.Category, item);

    public static object? Value(ProductField<TItem> attribute, TItem item) => Read(attribute.Value, item);

    /// <summary>
    /// The picture. When the app's code fails, one that cannot be read and says why, so that the product is listed as unreadable.
    /// </summary>
    public ImageSource Picture(TItem item)
    {
        try
        {
            _ = options.Category?.Invoke(item);
            return options.Image!(item) ?? Unknown(item, "Image returned null for it");
        }
#pragma warning disable CA1031 // The app's own code, which may throw anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Unknown(item, $"the app's code failed for it ({e.GetType().Name})");
        }
    }

    private ImageSource Unknown(TItem item, string why)
    {
        var name = Id(item) ?? "";
        return ImageSource.FromStream(_ => throw new UnreadableImageException($"'{name}' has no picture: {why}."), name);
    }

    private static T? Read<T>(Func<TItem, T>? read, TItem item)
    {
        try
        {
            return read is null ? default : read(item);
        }
#pragma warning disable CA1031 // The app's own code, which may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            return default;
        }
    }
}
