namespace ImageRec.Answering;

/// <summary>Scores items by their image and by what is known besides it.</summary>
internal sealed class AttributeRanking<TItem>
{
    /// <summary>Items that the spread is learned from.</summary>
    public const int SpreadItems = 1000;

    private readonly IReadOnlyList<AttributeMatch<TItem>> _attributes;
    private readonly Func<TItem, float>[] _closeness;
    private readonly float _total;

    public AttributeRanking(IReadOnlyList<AttributeMatch<TItem>> attributes, ItemTable<TItem> items) : this(attributes, Sample(items))
    {
    }

    /// <param name="attributes">What counts besides the image.</param>
    /// <param name="sample">Items to learn the spread of their values from.</param>
    public AttributeRanking(IReadOnlyList<AttributeMatch<TItem>> attributes, IEnumerable<TItem> sample)
    {
        _attributes = attributes;
        _total = 1 + attributes.Sum(a => a.Weight);
        _closeness = [.. attributes.Select(a => a.Closeness(sample))];
    }

    public (float Score, Contribution[] Contributions) Score(TItem item, float cosine)
    {
        var contributions = new Contribution[_closeness.Length + 1];
        contributions[0] = new Contribution(Contribution.Picture, cosine, 1 / _total);
        for (var i = 0; i < _closeness.Length; i++)
            contributions[i + 1] = new Contribution(_attributes[i].Name, _closeness[i](item), _attributes[i].Weight / _total);
        float score = 0;
        foreach (var contribution in contributions)
            score += contribution.Value;
        return (score, contributions);
    }

    /// <summary>Returns what an item of this cosine scores at most, which is when every attribute is as wanted.</summary>
    public float Bound(float cosine) => ((cosine + _total - 1) / _total) + RoundingSlack;

    // Sums of a few floats of at most 1.
    private const float RoundingSlack = 1e-5f;

    /// <summary>Returns items evenly spaced over the catalog.</summary>
    private static IEnumerable<TItem> Sample(ItemTable<TItem> items)
    {
        var step = Math.Max(1, items.KeyBound / SpreadItems);
        for (var key = 0; key < items.KeyBound; key += step)
            if (items.ByKey(key) is { } record)
                yield return record.Item;
    }
}
