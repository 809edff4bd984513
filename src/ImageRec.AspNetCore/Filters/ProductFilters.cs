using ImageRec.AspNetCore.Catalog;
using ImageRec.AspNetCore.Options;
using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace ImageRec.AspNetCore.Filters;

/// <summary>Reads the filters of a query: categories and attributes, each any of several values, and words of the name.</summary>
internal sealed class ProductFilters<TItem>(VisualCatalog<TItem> catalog)
{
    private readonly AttributeKinds<TItem> _kinds = new(catalog);

    /// <summary>The attributes that a query can filter by.</summary>
    public IReadOnlyList<string> Attributes { get; } = [.. catalog.Options.Attributes.Select(a => a.Name)];

    /// <summary>The filters of a query as one condition; null when there are none. A parameter without a value is ignored.</summary>
    /// <exception cref="Problem">The text cannot be a value of the attribute.</exception>
    public Func<TItem, bool>? Read(IQueryCollection query)
    {
        var conditions = new List<Func<TItem, bool>>();
        if (Given(query, QueryNames.Category) is { Count: > 0 } categories)
        {
            var wanted = categories.ToHashSet(StringComparer.OrdinalIgnoreCase);
            conditions.Add(item => catalog.Reader.Category(item) is { } category && wanted.Contains(category));
        }
        foreach (var attribute in catalog.Options.Attributes)
        {
            if (Given(query, attribute.Name) is not { Count: > 0 } values)
                continue;
            var kind = _kinds.Of(attribute);
            var any = values.ConvertAll(text => AttributeCondition.Parse(attribute.Name, text, kind)).ToArray();
            conditions.Add(item =>
                ProductReader<TItem>.Value(attribute, item) is { } value && Array.Exists(any, matches => matches(value)));
        }
        if (Given(query, QueryNames.Search) is [var words, ..])
        {
            var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            conditions.Add(item =>
            {
                var name = catalog.Reader.Name(item);
                return Array.TrueForAll(parts, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
            });
        }
        return conditions.Count == 0 ? null : item => conditions.TrueForAll(condition => condition(item));
    }

    private static List<string> Given(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) ? [.. values.OfType<string>().Where(value => value.Length > 0)] : [];
}
