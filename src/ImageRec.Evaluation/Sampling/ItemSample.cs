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
}
