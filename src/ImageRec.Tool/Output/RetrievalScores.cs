using System.Text.Json.Serialization;

namespace ImageRec.Tool.Output;

/// <summary>What <c>imagerec evaluate</c> has measured.</summary>
internal sealed record RetrievalScores
{
    [JsonPropertyName("queries")] public required int Queries { get; init; }
    [JsonPropertyName("precision@1")] public required double PrecisionAt1 { get; init; }
    [JsonPropertyName("precision@5")] public required double PrecisionAt5 { get; init; }
    [JsonPropertyName("precision@10")] public required double PrecisionAt10 { get; init; }
    [JsonPropertyName("map")] public required double MeanAveragePrecision { get; init; }
    [JsonPropertyName("ms_per_query")] public required double MillisecondsPerQuery { get; init; }

    public static RetrievalScores Of(IReadOnlyList<QueryResult> results, double milliseconds) => new()
    {
        Queries = results.Count,
        PrecisionAt1 = Math.Round(results.Average(result => result.RelevantInFirst[1]), 6),
        PrecisionAt5 = Math.Round(results.Average(result => result.RelevantInFirst[5]), 6),
        PrecisionAt10 = Math.Round(results.Average(result => result.RelevantInFirst[10]), 6),
        MeanAveragePrecision = Math.Round(results.Average(result => result.AveragePrecision), 6),
        MillisecondsPerQuery = Math.Round(milliseconds, 3),
    };

    public void Write(TextWriter to)
    {
        to.WriteLine($"queries                 {Queries:N0}");
        to.WriteLine($"precision@1             {PrecisionAt1:0.000}");
        to.WriteLine($"precision@5             {PrecisionAt5:0.000}");
        to.WriteLine($"precision@10            {PrecisionAt10:0.000}");
        to.WriteLine($"mean average precision  {MeanAveragePrecision:0.000}");
        to.WriteLine($"per query               {MillisecondsPerQuery:0.0} ms (median, by photo, one at a time)");
    }
}
