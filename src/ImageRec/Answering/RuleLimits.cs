namespace ImageRec.Answering;

/// <summary>Counts how often each value of some properties is among the answers.</summary>
internal sealed class RuleLimits<TItem>(IReadOnlyList<AtMostPer<TItem>> limits)
{
    private readonly Dictionary<(int Limit, PropertyValue Value), int> _used = [];

    /// <summary>Returns the same limits with the same counts.</summary>
    public RuleLimits<TItem> Copy()
    {
        var copy = new RuleLimits<TItem>(limits);
        foreach (var (key, count) in _used)
            copy._used[key] = count;
        return copy;
    }

    /// <summary>Counts an item, whatever the limits are.</summary>
    public void Take(TItem item)
    {
        for (var i = 0; i < limits.Count; i++)
        {
            var key = (i, new PropertyValue(limits[i].Property(item)));
            _used[key] = _used.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>Returns whether an item's values have not had their share.</summary>
    public bool Allows(TItem item)
    {
        for (var i = 0; i < limits.Count; i++)
        {
            if (_used.GetValueOrDefault((i, new PropertyValue(limits[i].Property(item)))) >= limits[i].Count)
                return false;
        }
        return true;
    }

    /// <summary>Counts an item when the limits allow it.</summary>
    public bool TryTake(TItem item)
    {
        if (!Allows(item))
            return false;
        Take(item);
        return true;
    }
}
