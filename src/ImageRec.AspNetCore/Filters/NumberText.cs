using System.Globalization;

namespace ImageRec.AspNetCore.Filters;

/// <summary>A number of a query, compared by value: 2.5 equals 2.50, and 0.1 equals the nearest float to it.</summary>
/// <param name="Exact">The number, unless it is beyond what a decimal holds.</param>
/// <param name="Near">The nearest double.</param>
internal sealed record NumberText(decimal? Exact, double Near)
{
    /// <summary>Null when the text is not a number in the invariant culture.</summary>
    public static NumberText? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var near) && double.IsFinite(near)
            ? new(decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : null, near)
            : null;

    /// <summary>
    /// Below zero when a product's number is smaller, above zero when it is greater; null when it is not a finite number.
    /// </summary>
    public int? CompareWith(object value)
    {
        if (FieldValue.Number(value) is not { } number)
            return null;
        return Exact is { } exact && ToDecimal(value, number) is { } own ? own.CompareTo(exact) : number.CompareTo(Near);
    }

    private static decimal? ToDecimal(object value, double number) => value switch
    {
        // Rounds to the digits that a float or a double carries, so that 0.1f is 0.1.
        float single when Math.Abs(single) < 7e27f => (decimal)single,
        double when Math.Abs(number) < 7e27 => (decimal)number,
        float or double => null,
        _ => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
    };
}
