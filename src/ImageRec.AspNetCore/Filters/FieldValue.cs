using System.Globalization;

namespace ImageRec.AspNetCore.Filters;

/// <summary>Values of attributes in the notation of responses and queries, which is the same whatever the culture of the server.</summary>
internal static class FieldValue
{
    public static bool IsNumber(object? value) =>
        value is byte or short or int or long or float or double or decimal or uint or ulong or ushort or sbyte;

    /// <summary>A number as a double; null for anything else, and when it is not finite.</summary>
    public static double? Number(object? value) =>
        IsNumber(value) && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;

    public static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>A value that JSON has: a string, a Boolean or a finite number; anything else as text.</summary>
    public static object? Plain(object? value) => value switch
    {
        string or bool => value,
        _ when IsNumber(value) => Number(value) is null ? null : value,
        _ => Text(value),
    };
}
