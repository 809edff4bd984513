using System.Globalization;
using System.Text;

namespace ImageRec.Evaluation;

/// <summary>Holds what an experiment found: a row for each cell of its grid.</summary>
public sealed class ExperimentTable
{
    private readonly string[] _settings;
    private readonly List<string> _figures;

    internal ExperimentTable(string compared, IReadOnlyList<ExperimentRow> rows)
    {
        (Compared, Rows) = (compared, rows);
        _settings = [.. rows.SelectMany(r => r.Settings.Keys).Distinct(StringComparer.Ordinal)];
        _figures = [.. rows.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Gets the rows, in the order of the grid.</summary>
    public IReadOnlyList<ExperimentRow> Rows { get; }

    /// <summary>Gets the name of the figure in which the rows are compared with the first.</summary>
    public string Compared { get; }

    /// <summary>Returns every figure with its interval as comma-separated values, one line per row, with decimal points.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        AddLine([
            .. _settings, "pipeline", "queries", .. _figures.SelectMany(f => new[] { f, $"{f}_low", $"{f}_high" }),
            $"{Compared}_difference", "p", "feature_ms", "search_ms", "build_s", "bytes_per_item", "error",
        ]);
        foreach (var row in Rows)
        {
            var done = row.Error is null;
            AddLine([
                .. _settings.Select(s => row.Settings.GetValueOrDefault(s, "")), row.Pipeline ?? "", done ? Number(row.PerQuery.Count) : "",
                .. _figures.SelectMany(f => Numbers(row.Metrics.TryGetValue(f, out var figure) ? figure : null)),
                Number(row.Difference), Number(row.PValue),
                .. done
                    ? [Number(row.FeatureMilliseconds), Number(row.SearchMilliseconds), Number(row.BuildSeconds), Number(row.BytesPerItem)]
                    : Enumerable.Repeat("", 4),
                row.Error ?? "",
            ]);
        }
        return text.ToString();

        void AddLine(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append('\n');
    }

    /// <summary>
    /// Returns a Markdown table of the settings, precision, mean average precision and accuracy with intervals, times and bytes.
    /// </summary>
    public string ToMarkdown()
    {
        var figures = _figures.FindAll(f => f is "map" or "accuracy" || f.StartsWith("precision@", StringComparison.Ordinal));
        var text = new StringBuilder();
        AddLine([.. _settings, .. figures, $"{Compared} against the first row", "feature ms", "search ms", "bytes per row"]);
        AddLine([.. _settings.Select(_ => "---"), .. Enumerable.Repeat("---:", figures.Count + 4)]);
        foreach (var row in Rows)
        {
            var settings = _settings.Select(s => row.Settings.GetValueOrDefault(s, ""));
            if (row.Error is not null)
                AddLine([.. settings, $"failed: {row.Error}", .. Enumerable.Repeat("", figures.Count + 3)]);
            else
                AddLine([
                    .. settings, .. figures.Select(f => row.Metrics[f].ToString()), Comparison(row),
                    Short(row.FeatureMilliseconds), Short(row.SearchMilliseconds), Number(row.BytesPerItem),
                ]);
        }
        return text.ToString();

        void AddLine(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(Cell)).Append(" |\n");
    }

    private static string Comparison(ExperimentRow row)
    {
        if (row.PValue is not { } p)
            return "";
        var chance = p < 0.001 ? "< 0.001" : string.Create(CultureInfo.InvariantCulture, $"= {p:F3}");
        return string.Create(CultureInfo.InvariantCulture, $"{row.Difference:+0.000;-0.000;0.000} (p {chance})");
    }

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static string Short(double value) => double.IsFinite(value) ? value.ToString("G3", CultureInfo.InvariantCulture) : "";

    private static string[] Numbers(Estimate? figure) => [Number(figure?.Value), Number(figure?.Low), Number(figure?.High)];

    private static string Number(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n\r") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
