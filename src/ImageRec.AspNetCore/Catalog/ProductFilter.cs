using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ImageRec.AspNetCore;

/// <summary>Which products a request asks for, read from its query: categories and attributes, each any of several values.</summary>
internal sealed class ProductFilter<TItem>
{
    private readonly List<Func<TItem, bool>> _conditions = [];

    private ProductFilter()
    {
    }

    /// <summary>The conditions as one; null when there are none.</summary>
    public Func<TItem, bool>? Where => _conditions.Count == 0 ? null : item => _conditions.TrueForAll(condition => condition(item));

    public static ProductFilter<TItem> Read(IQueryCollection query, ImageRecOptions<TItem> options)
    {
        var filter = new ProductFilter<TItem>();
        if (query.TryGetValue(QueryNames.Category, out var categories))
            filter.AnyOf([.. categories], item => options.Category?.Invoke(item));
        foreach (var attribute in options.Attributes)
        {
            if (!query.TryGetValue(attribute.Name, out var values))
                continue;
            if (values is [{ } single] && single.Contains("..", StringComparison.Ordinal))
                filter.Range(attribute, single);
            else
                filter.AnyOf([.. values], item => Text(attribute.Value(item)));
        }
        if (query.TryGetValue(QueryNames.Search, out var search) && search is [{ Length: > 0 } words])
            filter.Named(words, options);
        return filter;
    }

    public static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static double? Number(object? value) => value switch
    {
        byte or short or int or long or float or double or decimal or uint or ulong or ushort or sbyte => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private void AnyOf(string?[] wanted, Func<TItem, string?> value)
    {
        var set = wanted.Where(w => !string.IsNullOrEmpty(w)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (set.Count > 0)
            _conditions.Add(item => set.Contains(value(item)));
    }

    private void Range(ProductField<TItem> attribute, string range)
    {
        var dots = range.IndexOf("..", StringComparison.Ordinal);
        var (least, greatest) = (End(range[..dots], double.NegativeInfinity), End(range[(dots + 2)..], double.PositiveInfinity));
        _conditions.Add(item => Number(attribute.Value(item)) is { } number && number >= least && number <= greatest);

        double End(string text, double open)
        {
            if (text.Length == 0)
                return open;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                return number;
            throw Problem.BadQuery(attribute.Name, range, "a range of numbers such as 10..50, 10.. or ..50");
        }
    }

    private void Named(string words, ImageRecOptions<TItem> options)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var name = options.Name ?? options.Id!;
        _conditions.Add(item => Array.TrueForAll(parts, part => name(item).Contains(part, StringComparison.OrdinalIgnoreCase)));
    }
}
