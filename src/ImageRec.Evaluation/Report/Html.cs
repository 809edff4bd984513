using System.Globalization;
using System.Net;

namespace ImageRec.Evaluation.Report;

/// <summary>Text and numbers as they stand in a page.</summary>
internal static class Html
{
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>With a fixed number of digits; a dash for what was not measured.</summary>
    public static string Number(double value, int digits = 2) => double.IsFinite(value) ? value.ToString($"N{digits}", CultureInfo.InvariantCulture) : "–";

    public static string Percent(double share) => double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:F0}%") : "–";

    /// <summary>For coordinates: short, with a point.</summary>
    public static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>1 photo</c> or <c>3,068 photos</c>.</summary>
    public static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
