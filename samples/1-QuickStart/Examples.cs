using ImageRec;

namespace QuickStart;

/// <summary>Chooses the products to show answers for.</summary>
internal static class Examples
{
    private const int Count = 8;

    /// <summary>A few products, of different categories as far as there are any.</summary>
    public static IEnumerable<CatalogItem> Of(IEnumerable<CatalogItem> items)
    {
        var rounds = items.GroupBy(item => item.Category)
            .SelectMany((category, index) => category.Skip(index).Concat(category.Take(index)).Select((item, round) => (item, round)));
        return rounds.OrderBy(entry => entry.round).Select(entry => entry.item).Take(Count);
    }
}
