using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ImageRec.AspNetCore;

/// <summary>Reads what to recommend from a request's query.</summary>
internal static class RecommendQuery
{
    /// <summary>What errors call an uploaded picture.</summary>
    public const string UploadName = "The picture";

    /// <exception cref="Problem">A parameter is out of its range.</exception>
    public static RecommendOptions<TItem> Read<TItem>(IQueryCollection query, VisualCatalog<TItem> catalog, ProductFilters<TItem> filters) => new()
    {
        Count = Integer(query, QueryNames.Count, 5, 1, catalog.Options.Limits.MaxCount),
        MinScore = Number(query, QueryNames.MinScore, -1, 1),
        Diversity = Number(query, QueryNames.Diversity, 0, 1) ?? 0,
        AtMostPer = ReadAtMostPer(query, catalog),
        Where = filters.Read(query),
    };

    public static int Integer(IQueryCollection query, string name, int standard, int least, int greatest)
    {
        if (!query.TryGetValue(name, out var values) || values is not [{ Length: > 0 } text])
            return standard;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest
            ? number
            : throw Problem.BadQuery(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {greatest}"));
    }

    private static float? Number(IQueryCollection query, string name, float least, float greatest)
    {
        if (!query.TryGetValue(name, out var values) || values is not [{ Length: > 0 } text])
            return null;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest
            ? number
            : throw Problem.BadQuery(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {greatest}"));
    }

    private static AtMostPer<TItem>? ReadAtMostPer<TItem>(IQueryCollection query, VisualCatalog<TItem> catalog)
    {
        if (!query.TryGetValue(QueryNames.AtMostPer, out var values) || values is not [{ Length: > 0 } text])
            return null;
        var parts = text.Split(':');
        var property = catalog.Reader.Property(parts[0]);
        if (parts.Length != 2 || property is null || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            var names = string.Join(", ", catalog.Options.Attributes.Select(a => a.Name).Prepend(QueryNames.Category));
            throw Problem.BadQuery(QueryNames.AtMostPer, text, $"a property and a number, such as {QueryNames.Category}:2; the properties are {names}");
        }
        return new(count, property);
    }
}
