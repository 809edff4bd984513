namespace ImageRec.AspNetCore;

/// <summary>Turns what a request gives for an attribute into a comparison with its values.</summary>
internal static class AttributeCondition
{
    private const string Dots = "..";

    /// <param name="name">The attribute.</param>
    /// <param name="text">What the request gives, not empty.</param>
    /// <param name="kind">What the attribute's values are.</param>
    /// <exception cref="Problem">The text cannot be such a value.</exception>
    public static Func<object, bool> Parse(string name, string text, AttributeKind kind) => kind.Sort switch
    {
        ValueSort.Number => Numbers(text) ?? throw Problem.BadQuery(name, text, "a number such as 2.5, or a range of numbers such as 10..50, 10.. or ..50"),
        ValueSort.Date => Dates(text) ?? throw Problem.BadQuery(name, text, "a date such as 2026-03-01, a time such as 2026-03-01T14:30, or a range of them such as 2026-03-01..2026-03-31"),
        ValueSort.Truth => Truth(text) ?? throw Problem.BadQuery(name, text, "true or false"),
        ValueSort.Choice => Choice(text, kind.Choices!) ?? throw Problem.BadQuery(name, text, $"one of {string.Join(", ", Enum.GetNames(kind.Choices!))}"),
        _ => AnySort(text),
    };

    private static Func<object, bool> AnySort(string text)
    {
        var (numbers, dates, truth) = (Numbers(text), Dates(text), Truth(text));
        return value => string.Equals(FieldValue.Text(value), text, StringComparison.OrdinalIgnoreCase) || AttributeKind.Of(value).Sort switch
        {
            ValueSort.Number => numbers?.Invoke(value) == true,
            ValueSort.Date => dates?.Invoke(value) == true,
            ValueSort.Truth => truth?.Invoke(value) == true,
            _ => false,
        };
    }

    private static Func<object, bool>? Numbers(string text)
    {
        var (from, to) = Ends(text);
        NumberText? least = null, greatest = null;
        if ((from.Length > 0 && (least = NumberText.Parse(from)) is null) || (to.Length > 0 && (greatest = NumberText.Parse(to)) is null))
            return null;
        return value => FieldValue.IsNumber(value) && (least is null || least.CompareWith(value) is >= 0) && (greatest is null || greatest.CompareWith(value) is <= 0);
    }

    private static Func<object, bool>? Dates(string text)
    {
        var (from, to) = Ends(text);
        DateText? first = null, last = null;
        if ((from.Length > 0 && (first = DateText.Parse(from)) is null) || (to.Length > 0 && (last = DateText.Parse(to)) is null))
            return null;
        return value => (first is null || first.IsFrom(value)) && (last is null || last.IsTo(value));
    }

    private static Func<object, bool>? Truth(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" => value => value is true,
        "FALSE" or "0" => value => value is false,
        _ => null,
    };

    private static Func<object, bool>? Choice(string text, Type choices) =>
        Enum.TryParse(choices, text, ignoreCase: true, out var wanted) && (Enum.IsDefined(choices, wanted!) || choices.IsDefined(typeof(FlagsAttribute), inherit: false))
            ? wanted!.Equals
            : null;

    /// <summary>Both ends of a range, empty where it is open; a single value is both.</summary>
    private static (string From, string To) Ends(string text) =>
        text.IndexOf(Dots, StringComparison.Ordinal) is var dots and >= 0 ? (text[..dots].Trim(), text[(dots + Dots.Length)..].Trim()) : (text, text);
}
