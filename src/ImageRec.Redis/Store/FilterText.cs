using System.Text.Json;
using ImageRec.Sharing.Stores;

namespace ImageRec.Redis.Store;

/// <summary>Writes filters as vector sets read them, such as <c>.price &lt;= 20 and .color == "red"</c>.</summary>
internal static class FilterText
{
    public static string Of(AttributeFilter filter) => filter switch
    {
        AttributeFilter.All all => Joined(all.Parts, " and "),
        AttributeFilter.Any any => Joined(any.Parts, " or "),
        AttributeFilter.Compare compare => $".{compare.Attribute} {Operator(compare.Is)} {Value(compare.Value)}",
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Not a kind of filter."),
    };

    private static string Joined(IReadOnlyList<AttributeFilter> parts, string by) =>
        string.Join(by, parts.Select(part => part is AttributeFilter.Compare ? Of(part) : $"({Of(part)})"));

    private static string Operator(Comparison comparison) => comparison switch
    {
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        _ => "==",
    };

    // Truth values are kept as numbers, which both stores compare alike.
    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => value.GetRawText(),
    };
}
