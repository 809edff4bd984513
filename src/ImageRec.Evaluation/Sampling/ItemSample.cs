using ImageRec.Answering;

namespace ImageRec.Evaluation.Sampling;

/// <summary>Chooses a bounded number of items at random and keeps them in catalog order.</summary>
internal static class ItemSample
{
    public static IReadOnlyList<ItemRecord<TItem>> Choose<TItem>(IReadOnlyList<ItemRecord<TItem>> items, int most, int seed) =>
        items.Count <= most ? items : [.. Positions(items.Count, most, seed).Select(i => items[i])];

    /// <summary>Returns some of the positions 0 to count - 1, ascending.</summary>
    public static IEnumerable<int> Positions(int count, int most, int seed)
    {
        var chosen = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(chosen);
        return chosen.Take(most).Order();
    }

    /// <summary>Returns some of the positions 0 to n - 1, ascending: of every category its share, up to one more or less.</summary>
    /// <param name="categories">n categories.</param>
    /// <param name="most">Positions wanted, fewer than n.</param>
    /// <param name="seed">Same seed, same positions.</param>
    public static IEnumerable<int> Stratified(IReadOnlyList<string?> categories, int most, int seed)
    {
        var random = new Random(seed);
        var order = Enumerable.Range(0, categories.Count).ToArray();
        random.Shuffle(order);
        // A stable sort, so that a category stays shuffled; every position is then as likely as any other.
        var byCategory = order.OrderBy(i => categories[i], StringComparer.Ordinal).ToArray();
        var start = random.NextDouble();
        return Enumerable.Range(0, most).Select(i => byCategory[(int)((i + start) * byCategory.Length / most)]).Order();
    }
}
