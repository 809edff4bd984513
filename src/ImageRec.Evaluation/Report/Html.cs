using System.Globalization;
using System.Net;

namespace ImageRec.Evaluation.Report;

/// <summary>Writes texts and numbers for a page.</summary>
internal static class Html
{
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>Returns a number with a fixed number of digits, or a dash for what was not measured.</summary>
    public static string Number(double value, int digits = 2) =>
        double.IsFinite(value) ? value.ToString($"N{digits}", CultureInfo.InvariantCulture) : "–";

    public static string Percent(double share) =>
        double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:F0}%") : "–";

    /// <summary>Returns a coordinate: short, with a decimal point.</summary>
    public static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Returns a count with its noun, such as <c>1 photo</c> or <c>3,068 photos</c>.</summary>
    public static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
