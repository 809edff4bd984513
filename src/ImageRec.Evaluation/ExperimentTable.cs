using System.Globalization;
using System.Text;

namespace ImageRec.Evaluation;

/// <summary>What an experiment found: a row for each cell of its grid.</summary>
public sealed class ExperimentTable
{
    private readonly string[] _settings;
    private readonly string[] _figures;

    internal ExperimentTable(string compared, IReadOnlyList<ExperimentRow> rows)
    {
        (Compared, Rows) = (compared, rows);
        _settings = [.. rows.SelectMany(r => r.Settings.Keys).Distinct(StringComparer.Ordinal)];
        _figures = [.. rows.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The rows, in the order of the grid.</summary>
    public IReadOnlyList<ExperimentRow> Rows { get; }

    /// <summary>Name of the figure in which the rows are compared with the first.</summary>
    public string Compared { get; }

    /// <summary>Every figure with its interval, comma-separated, one line a row, numbers with a point.</summary>
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
                .. _settings.Select(s => row.Settings.GetValueOrDefault(s, "")), row.Pipeline ?? "", done ? row.PerQuery.Count.ToString(CultureInfo.InvariantCulture) : "",
                .. _figures.SelectMany(f => row.Metrics.TryGetValue(f, out var e) ? new[] { Number(e.Value), Number(e.Low), Number(e.High) } : ["", "", ""]),
                Number(row.Difference), Number(row.PValue), done ? Number(row.FeatureMilliseconds) : "", done ? Number(row.SearchMilliseconds) : "",
                done ? Number(row.BuildSeconds) : "", done ? row.BytesPerItem.ToString(CultureInfo.InvariantCulture) : "", row.Error ?? "",
            ]);
        }
        return text.ToString();

        void AddLine(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append('\n');
    }

    /// <summary>A table for a README: the settings, precision, mean average precision, NDCG and accuracy with intervals, times and bytes.</summary>
    public string ToMarkdown()
    {
        var figures = _figures.Where(f => f is "map" or "accuracy" || f.StartsWith("precision@", StringComparison.Ordinal)).ToList();
        var text = new StringBuilder();
        AddLine([.. _settings, .. figures, $"{Compared} against the first row", "feature ms", "search ms", "bytes a row"]);
        AddLine([.. _settings.Select(_ => "---"), .. Enumerable.Repeat("---:", figures.Count + 4)]);
        foreach (var row in Rows)
        {
            var settings = _settings.Select(s => row.Settings.GetValueOrDefault(s, ""));
            if (row.Error is not null)
                AddLine([.. settings, $"failed: {row.Error}", .. Enumerable.Repeat("", figures.Count + 3)]);
            else
                AddLine([
                    .. settings, .. figures.Select(f => row.Metrics[f].ToString()), Comparison(row),
                    Short(row.FeatureMilliseconds), Short(row.SearchMilliseconds), row.BytesPerItem.ToString(CultureInfo.InvariantCulture),
                ]);
        }
        return text.ToString();

        void AddLine(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(c => c.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
    }

    private static string Comparison(ExperimentRow row) => row.PValue is { } p
        ? string.Create(CultureInfo.InvariantCulture, $"{row.Difference:+0.000;-0.000;0.000} (p {(p < 0.001 ? "< 0.001" : $"= {p.ToString("F3", CultureInfo.InvariantCulture)}")})")
        : "";

    private static string Short(double value) => double.IsFinite(value) ? value.ToString("G3", CultureInfo.InvariantCulture) : "";

    private static string Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n\r") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
