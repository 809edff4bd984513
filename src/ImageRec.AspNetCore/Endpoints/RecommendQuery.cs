using System.Globalization;
using ImageRec.AspNetCore.Filters;
using ImageRec.AspNetCore.Options;
using ImageRec.AspNetCore.Problems;
using ImageRec.Images;
using Microsoft.AspNetCore.Http;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Reads the parameters of a query.</summary>
internal static class RecommendQuery
{
    /// <summary>What errors call an uploaded picture.</summary>
    public const string UploadName = "The picture";

    /// <exception cref="Problem">A parameter is out of its range.</exception>
    public static RecommendOptions<TItem> Read<TItem>(
        IQueryCollection query, VisualCatalog<TItem> catalog, ProductFilters<TItem> filters) => new()
        {
            Count = Integer(query, QueryNames.Count, 5, 1, catalog.Options.Limits.MaxCount),
            MinScore = Number(query, QueryNames.MinScore, -1, 1),
            Diversity = Number(query, QueryNames.Diversity, 0, 1) ?? 0,
            AtMostPer = ReadAtMostPer(query, catalog),
            Where = filters.Read(query),
            Rules = ReadRules(query, catalog.Options.NamedRules),
        };

    /// <exception cref="Problem">A parameter is out of its range.</exception>
    public static (int Page, int Size) Page(IQueryCollection query, UploadLimits limits)
    {
        var size = Integer(query, QueryNames.PageSize, 24, 1, limits.MaxCount);
        return (Integer(query, QueryNames.Page, 1, 1, int.MaxValue), size);
    }

    /// <summary>Returns the uploaded picture, or the part of it that the query asks with.</summary>
    /// <exception cref="Problem">The region is none.</exception>
    public static Func<ReadOnlyMemory<byte>, ImageSource> Picture(IQueryCollection query)
    {
        if (Text(query, QueryNames.Region) is not { } text)
            return bytes => ImageSource.FromBytes(bytes, UploadName);
        if (ImageRegion.Parse(text) is { } region)
            return bytes => new CroppedImageSource(ImageSource.FromBytes(bytes, UploadName), region);
        throw Problem.BadQuery(QueryNames.Region, text, ImageRegion.Expected);
    }

    /// <exception cref="Problem">The parameter is out of its range.</exception>
    public static int Integer(IQueryCollection query, string name, int standard, int least, int greatest)
    {
        if (Text(query, name) is not { } text)
            return standard;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest)
            return number;
        throw Problem.BadQuery(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {greatest}"));
    }

    private static float? Number(IQueryCollection query, string name, float least, float greatest)
    {
        if (Text(query, name) is not { } text)
            return null;
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest)
            return number;
        throw Problem.BadQuery(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {greatest}"));
    }

    private static Rules<TItem>? ReadRules<TItem>(IQueryCollection query, IReadOnlyDictionary<string, Rules<TItem>> named)
    {
        if (Text(query, QueryNames.Rules) is not { } name)
            return named.GetValueOrDefault(QueryNames.DefaultRules);
        if (named.TryGetValue(name, out var rules))
            return rules;
        throw Problem.BadQuery(QueryNames.Rules, name, named.Count == 0
            ? "the name of rules, and there are none here"
            : $"the name of rules; there are {string.Join(", ", named.Keys.Order(StringComparer.Ordinal))}");
    }

    private static AtMostPer<TItem>? ReadAtMostPer<TItem>(IQueryCollection query, VisualCatalog<TItem> catalog)
    {
        if (Text(query, QueryNames.AtMostPer) is not { } text)
            return null;
        var parts = text.Split(':');
        var property = catalog.Reader.Property(parts[0]);
        if (property is not null && parts is [_, var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            return new(count, property);
        var names = string.Join(", ", catalog.Options.Attributes.Select(a => a.Name).Prepend(QueryNames.Category));
        throw Problem.BadQuery(
            QueryNames.AtMostPer, text, $"a property and a number, such as {QueryNames.Category}:2; the properties are {names}");
    }

    /// <summary>The value of a parameter; null when it is not given or empty.</summary>
    private static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values is [{ Length: > 0 } text] ? text : null;
}
