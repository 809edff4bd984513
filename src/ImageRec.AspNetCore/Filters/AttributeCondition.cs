using ImageRec.AspNetCore.Problems;

namespace ImageRec.AspNetCore.Filters;

/// <summary>Turns the text of a query into a condition on the values of an attribute.</summary>
internal static class AttributeCondition
{
    private const string Dots = "..";
    private const string ExpectedNumber = "a number such as 2.5, or a range of numbers such as 10..50, 10.. or ..50";
    private const string ExpectedDate =
        "a date such as 2026-03-01, a time such as 2026-03-01T14:30, or a range of them such as 2026-03-01..2026-03-31";

    /// <param name="name">The attribute.</param>
    /// <param name="text">The text of the query, not empty.</param>
    /// <param name="kind">What the attribute's values are.</param>
    /// <exception cref="Problem">The text is no such value.</exception>
    public static Func<object, bool> Parse(string name, string text, AttributeKind kind) => kind.Sort switch
    {
        ValueSort.Number => Numbers(text) ?? throw Problem.BadQuery(name, text, ExpectedNumber),
        ValueSort.Date => Dates(text) ?? throw Problem.BadQuery(name, text, ExpectedDate),
        ValueSort.Boolean => Boolean(text) ?? throw Problem.BadQuery(name, text, "true or false"),
        ValueSort.Enumeration => Enumeration(text, kind.Enumeration!)
            ?? throw Problem.BadQuery(name, text, $"one of {string.Join(", ", Enum.GetNames(kind.Enumeration!))}"),
        _ => AnySort(text),
    };

    private static Func<object, bool> AnySort(string text)
    {
        var (numbers, dates, boolean) = (Numbers(text), Dates(text), Boolean(text));
        return value => IsText(value) || AttributeKind.Of(value).Sort switch
        {
            ValueSort.Number => numbers?.Invoke(value) == true,
            ValueSort.Date => dates?.Invoke(value) == true,
            ValueSort.Boolean => boolean?.Invoke(value) == true,
            _ => false,
        };

        bool IsText(object value) => string.Equals(FieldValue.Text(value), text, StringComparison.OrdinalIgnoreCase);
    }

    private static Func<object, bool>? Numbers(string text)
    {
        var (from, to) = Ends(text);
        NumberText? least = null, greatest = null;
        if ((from.Length > 0 && (least = NumberText.Parse(from)) is null) || (to.Length > 0 && (greatest = NumberText.Parse(to)) is null))
            return null;
        return value => FieldValue.IsNumber(value)
            && (least is null || least.CompareWith(value) is >= 0) && (greatest is null || greatest.CompareWith(value) is <= 0);
    }

    private static Func<object, bool>? Dates(string text)
    {
        var (from, to) = Ends(text);
        DateText? first = null, last = null;
        if ((from.Length > 0 && (first = DateText.Parse(from)) is null) || (to.Length > 0 && (last = DateText.Parse(to)) is null))
            return null;
        return value => (first is null || first.IsFrom(value)) && (last is null || last.IsTo(value));
    }

    private static Func<object, bool>? Boolean(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" => value => value is true,
        "FALSE" or "0" => value => value is false,
        _ => null,
    };

    private static Func<object, bool>? Enumeration(string text, Type type) =>
        Enum.TryParse(type, text, ignoreCase: true, out var wanted)
        && (Enum.IsDefined(type, wanted!) || type.IsDefined(typeof(FlagsAttribute), inherit: false))
            ? wanted!.Equals
            : null;

    /// <summary>Both ends of a range, empty where it is open; a single value is both.</summary>
    private static (string From, string To) Ends(string text) =>
        text.IndexOf(Dots, StringComparison.Ordinal) is var dots and >= 0
            ? (text[..dots].Trim(), text[(dots + Dots.Length)..].Trim())
            : (text, text);
}
