using System.Collections.Frozen;

namespace ImageRec.AspNetCore.Options;

/// <summary>Query parameters of the endpoints themselves.</summary>
internal static class QueryNames
{
    public const string Count = "count";
    public const string MinScore = "minScore";
    public const string Diversity = "diversity";
    public const string AtMostPer = "atMostPer";
    public const string Category = "category";
    public const string Search = "search";
    public const string Region = "region";
    public const string Rules = "rules";
    public const string Page = "page";
    public const string PageSize = "pageSize";

    /// <summary>The name of the rules that hold for requests that name none.</summary>
    public const string DefaultRules = "default";

    public static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [Count, MinScore, Diversity, AtMostPer, Category, Search, Region, Rules, Page, PageSize, "id", "size"],
        StringComparer.OrdinalIgnoreCase);
}
