using System.Text.Json.Serialization;
using ImageRec.Evaluation;

namespace ImageRec.Tool.Output;

/// <summary>What <c>imagerec evaluate</c> has measured.</summary>
internal sealed record Scores
{
    [JsonPropertyName("queries")] public required int Queries { get; init; }
    [JsonPropertyName("precision@1")] public required double PrecisionAt1 { get; init; }
    [JsonPropertyName("precision@5")] public required double PrecisionAt5 { get; init; }
    [JsonPropertyName("precision@10")] public required double PrecisionAt10 { get; init; }
    [JsonPropertyName("map")] public required double MeanAveragePrecision { get; init; }
    [JsonPropertyName("accuracy")] public required double Accuracy { get; init; }
    [JsonPropertyName("ndcg@10")] public required double NdcgAt10 { get; init; }
    [JsonPropertyName("calibration_error")] public required double? CalibrationError { get; init; }
    [JsonPropertyName("intervals")] public required IReadOnlyDictionary<string, double[]> Intervals { get; init; }
    [JsonPropertyName("ms_per_query")] public required double MillisecondsPerQuery { get; init; }
    [JsonPropertyName("skipped")] public required int Skipped { get; init; }

    /// <summary>Gets the share of the ten answers of one process that a store finds; left out for files.</summary>
    [JsonPropertyName("overlap@10")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Overlap { get; init; }

    private static string[] Named { get; } = ["precision@1", "precision@5", "precision@10", "map", "accuracy", "ndcg@10"];

    public static Scores Of(EvaluationReport report) => new()
    {
        Queries = report.Queries,
        PrecisionAt1 = Math.Round(report.PrecisionAt(1).Value, 6),
        PrecisionAt5 = Math.Round(report.PrecisionAt(5).Value, 6),
        PrecisionAt10 = Math.Round(report.PrecisionAt(10).Value, 6),
        MeanAveragePrecision = Math.Round(report.MeanAveragePrecision.Value, 6),
        Accuracy = Math.Round(report.Accuracy.Value, 6),
        NdcgAt10 = Math.Round(report.NdcgAt(10).Value, 6),
        CalibrationError = report.CalibrationError is { } error ? Math.Round(error, 6) : null,
        Intervals = Named.ToDictionary(
            name => name, name => new[] { Math.Round(report.Metrics[name].Low, 6), Math.Round(report.Metrics[name].High, 6) }),
        MillisecondsPerQuery = Math.Round(report.MillisecondsPerQuery, 3),
        Skipped = report.Skipped.Count,
    };

    /// <param name="report">What was measured.</param>
    /// <param name="to">Where it is printed.</param>
    /// <param name="shared">What answers, of a shared catalog; null for a file.</param>
    public static void Write(EvaluationReport report, TextWriter to, string? shared = null)
    {
        var (queries, items) = (Units.Count(report.Queries, "query", "queries"), Units.Count(report.Items, "item", "items"));
        to.WriteLine($"{queries} to {items}, {shared ?? report.Pipeline}");
        foreach (var (name, estimate) in report.Metrics)
            to.WriteLine($"{name,-14}  {estimate}");
        to.WriteLine($"accuracy is that of the category, by {report.AccuracyBy}; in brackets the 95 % confidence interval");
        if (report.CalibrationError is { } error)
            to.WriteLine($"probabilities are off by {error:0.000} (expected calibration error)");
        if (shared is not null)
            return;
        to.WriteLine(!report.IsLeaveOneOut
            ? $"{report.MillisecondsPerQuery:0.0} ms per query by photo, {report.SearchMilliseconds:0.00} ms of it searching "
                + "(medians, one at a time)"
            : $"{report.SearchMilliseconds:0.00} ms per search (median, one at a time)");
    }
}
