using System.Runtime.CompilerServices;
using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>
/// Counts how many items have each value of a property. The counts are kept from answer to answer: a change of the catalog counts only the
/// pages of items it touched.
/// </summary>
internal sealed class PropertyCounts<TItem>
{
    // By the caller's delegate: a lambda without captures is the same object at every call.
    private readonly ConditionalWeakTable<Func<TItem, object?>, Counted> _properties = [];

    /// <summary>Returns the counts for the items of a table.</summary>
    public IReadOnlyDictionary<PropertyValue, int> Of(
        Func<TItem, object?> property, ItemTable<TItem> items, CancellationToken cancellationToken)
    {
        var held = _properties.GetValue(property, _ => new Counted(ItemTable<TItem>.Empty, new Dictionary<PropertyValue, int>()));
        if (ReferenceEquals(held.Items, items))
            return held.Counts;
        var counts = new Dictionary<PropertyValue, int>(held.Counts);
        var (before, now) = (held.Items.Records, items.Records);
        for (var page = 0; page < Math.Max(before.Pages, now.Pages); page++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (before.SharesPage(now, page))
                continue;
            Count(property, before.Page(page), -1, counts);
            Count(property, now.Page(page), +1, counts);
        }
        _properties.AddOrUpdate(property, new Counted(items, counts));
        return counts;
    }

    private static void Count(
        Func<TItem, object?> property, ReadOnlySpan<ItemRecord<TItem>> records, int step, Dictionary<PropertyValue, int> counts)
    {
        foreach (var record in records)
        {
            if (record is null)
                continue;
            var value = new PropertyValue(property(record.Item));
            ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _);
            count += step;
            if (count == 0)
                counts.Remove(value);
        }
    }

    private sealed record Counted(ItemTable<TItem> Items, Dictionary<PropertyValue, int> Counts);
}

/// <summary>Wraps a property's value as a dictionary key; null is a value like any other.</summary>
internal readonly record struct PropertyValue(object? Value);
