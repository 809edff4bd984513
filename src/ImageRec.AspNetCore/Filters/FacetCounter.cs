using ImageRec.AspNetCore.Catalog;
using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Options;

namespace ImageRec.AspNetCore.Filters;

/// <summary>Counts the values that products can be filtered by; kept until the products change.</summary>
internal sealed class FacetCounter<TItem>(VisualCatalog<TItem> catalog)
{
    private const int MostValues = 200;
    private Counted? _counted;

    public Facets Count()
    {
        var version = catalog.Shelf.Version;
        if (Volatile.Read(ref _counted) is { } counted && counted.Version == version)
            return counted.Facets;
        var items = catalog.Shelf.All;
        var options = catalog.Options;
        var facets = new Facets(
            options.Category is not null ? Values(items.Select(catalog.Reader.Category)) : [],
            [.. options.Attributes.Select(attribute => Count(attribute, items))]);
        Volatile.Write(ref _counted, new(version, facets));
        return facets;
    }

    public static IReadOnlyList<FacetValue> Values(IEnumerable<string?> values) =>
    [
        .. values.Where(v => !string.IsNullOrEmpty(v)).CountBy(v => v!)
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)
            .Take(MostValues).Select(c => new FacetValue(c.Key, c.Value)),
    ];

    private static AttributeFacet Count(ProductField<TItem> attribute, IReadOnlyList<TItem> items)
    {
        var values = items.Select(item => FieldValue.Plain(ProductReader<TItem>.Value(attribute, item))).Where(v => v is not null).ToList();
        var numbers = values.Select(FieldValue.Number).OfType<double>().ToList();
        return numbers.Count > 0 && numbers.Count == values.Count
            ? new(attribute.Name, [], numbers.Min(), numbers.Max())
            : new(attribute.Name, Values(values.Select(FieldValue.Text)), null, null);
    }

    private sealed class Counted(int version, Facets facets)
    {
        public int Version => version;

        public Facets Facets => facets;
    }
}
