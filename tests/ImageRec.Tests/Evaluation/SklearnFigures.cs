using System.Text.Json;

namespace ImageRec.Tests.Evaluation;

/// <summary>scikit-learn's figures for seeded cases, written by sklearn_figures.py.</summary>
internal static class SklearnFigures
{
    public static JsonElement Read()
    {
        using var stream = typeof(SklearnFigures).Assembly.GetManifestResourceStream("sklearn_figures.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }

    public static IEnumerable<JsonElement> Cases(string name) => Read().GetProperty(name).EnumerateArray();

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static double[] Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    public static string[] Strings(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}
