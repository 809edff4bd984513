using System.Globalization;

namespace ImageRec.AspNetCore.Catalog;

/// <summary>Reads the products that an app lists, whatever its own code does wrong.</summary>
internal static class ListedProducts
{
    /// <summary>Enumerates what the app lists.</summary>
    /// <exception cref="CatalogException">The app's code failed, or there is a null among the products.</exception>
    public static List<TItem> Read<TItem>(
        Func<IServiceProvider, IEnumerable<TItem>> products, IServiceProvider services, CancellationToken cancellationToken)
    {
        var items = new List<TItem>();
        try
        {
            foreach (var item in products(services) ?? throw new CatalogException("The products cannot be listed: Products returned null."))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (item is null)
                    throw new CatalogException($"The product after {Number(items.Count)} others is null; list products only.");
                items.Add(item);
            }
            return items;
        }
        catch (Exception e) when (e is not CatalogException && !cancellationToken.IsCancellationRequested)
        {
            // Its message is the app's own and may say what visitors must not read, such as a connection string.
            throw new CatalogException(
                $"The products cannot be listed: Products failed after {Number(items.Count)} of them ({e.GetType().Name}).", e);
        }
    }

    /// <summary>The products by id, in their order.</summary>
    /// <exception cref="CatalogException">An id is empty, comes twice or cannot be read.</exception>
    public static List<KeyValuePair<string, TItem>> ById<TItem>(IReadOnlyList<TItem> items, Func<TItem, string> id)
    {
        var known = new HashSet<string>(items.Count, StringComparer.Ordinal);
        var listed = new List<KeyValuePair<string, TItem>>(items.Count);
        foreach (var item in items)
        {
            var key = IdOf(item, id, listed.Count);
            if (string.IsNullOrEmpty(key))
                throw new CatalogException($"The product after {Number(listed.Count)} others has no id; every product needs one.");
            if (!known.Add(key))
                throw new CatalogException($"The id '{key}' comes twice; every product needs one of its own.");
            listed.Add(new(key, item));
        }
        return listed;
    }

    private static string IdOf<TItem>(TItem item, Func<TItem, string> id, int before)
    {
        try
        {
            return id(item);
        }
#pragma warning disable CA1031 // The app's own code, which may throw anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new CatalogException(
                $"The id of the product after {Number(before)} others cannot be read: Id failed ({e.GetType().Name}).", e);
        }
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
