using ImageRec.Answering;
using ImageRec.Building;

namespace ImageRec.Evaluation;

/// <summary>A bounded choice of items, in catalogue order.</summary>
internal static class ItemSample
{
    public static IReadOnlyList<ItemRecord<TItem>> Choose<TItem>(IReadOnlyList<ItemRecord<TItem>> items, int most, int seed)
    {
        if (items.Count <= most)
            return items;
        return [.. Positions(items.Count, most, seed).Select(i => items[i])];
    }

    /// <summary>Some of the positions 0 to count - 1, ascending.</summary>
    public static IEnumerable<int> Positions(int count, int most, int seed)
    {
        var chosen = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(chosen);
        return chosen.Take(most).Order();
    }
}
