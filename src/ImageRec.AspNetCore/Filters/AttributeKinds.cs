using System.Collections.Concurrent;
using ImageRec.AspNetCore.Catalog;
using ImageRec.AspNetCore.Options;

namespace ImageRec.AspNetCore.Filters;

/// <summary>Finds what the values of each attribute are, from the products themselves.</summary>
internal sealed class AttributeKinds<TItem>(VisualCatalog<TItem> catalog)
{
    /// <summary>While products are put one after another, the values are not read more often than this.</summary>
    private const int LeastMilliseconds = 1000;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public AttributeKind Of(ProductField<TItem> attribute)
    {
        var version = catalog.Shelf.Version;
        if (_known.TryGetValue(attribute.Name, out var known)
            && (known.Version == version || Environment.TickCount64 - known.Time < LeastMilliseconds))
            return known.Kind;
        var kind = AttributeKind.Unknown;
        foreach (var item in catalog.Shelf.All)
        {
            if (ProductReader<TItem>.Value(attribute, item) is { } value)
                kind = kind.With(AttributeKind.Of(value));
            if (kind.Sort == ValueSort.Mixed)
                break;
        }
        _known[attribute.Name] = new(kind, version, Environment.TickCount64);
        return kind;
    }

    private readonly record struct Known(AttributeKind Kind, int Version, long Time);
}
