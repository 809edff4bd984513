namespace ImageRec.Answering;

/// <summary>Counts how often each value of a property is among the answers, and knows which values have had their share.</summary>
/// <param name="limit">The caller's limit.</param>
/// <param name="counts">How many items have each value.</param>
internal sealed class PropertyLimit<TItem>(AtMostPer<TItem> limit, IReadOnlyDictionary<PropertyValue, int> counts)
{
    private readonly Dictionary<PropertyValue, int> _used = [];
    private int _full;

    /// <summary>Gets whether no item of the catalog may be taken any more.</summary>
    public bool IsFull => _full >= counts.Count;

    public bool Allows(TItem item) => _used.GetValueOrDefault(ValueOf(item)) < limit.Count;

    public void Take(TItem item)
    {
        var value = ValueOf(item);
        var used = _used[value] = _used.GetValueOrDefault(value) + 1;
        if (used == Math.Min(limit.Count, counts.GetValueOrDefault(value, int.MaxValue)))
            _full++;
    }

    private PropertyValue ValueOf(TItem item) => new(limit.Property(item));
}
