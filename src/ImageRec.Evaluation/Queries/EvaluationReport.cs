using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace ImageRec.Evaluation;

/// <summary>Says how well a catalog answers. Every figure is a mean over queries, with a bootstrap interval over them.</summary>
public sealed class EvaluationReport
{
    internal EvaluationReport(ConfusionMatrix confusion) => Confusion = confusion;

    /// <summary>Gets the pipeline, as the engine describes it.</summary>
    public string Pipeline { get; internal init; } = "";

    /// <summary>
    /// Gets whether the queries are the catalog's own items, each searched for among the others, rather than images that are not in the
    /// catalog.
    /// </summary>
    public bool IsLeaveOneOut { get; internal init; }

    /// <summary>Gets the number of items in the catalog.</summary>
    public int Items { get; internal init; }

    /// <summary>Gets the k of the figures at k, ascending.</summary>
    public IReadOnlyList<int> Cutoffs { get; internal init; } = [];

    /// <summary>
    /// Gets every figure by name, in the order of a table: <c>precision@5</c>, <c>recall@5</c>, <c>hit_rate@5</c> and <c>ndcg@5</c> for
    /// each cutoff, <c>map</c>, and <c>accuracy</c>.
    /// </summary>
    public IReadOnlyDictionary<string, Estimate> Metrics { get; internal init; } = new Dictionary<string, Estimate>();

    /// <summary>
    /// Gets what predicted the categories that <c>accuracy</c> counts: the learned classifier's name, or <c>vote of the 10 nearest</c>.
    /// </summary>
    public string AccuracyBy { get; internal init; } = "";

    /// <summary>
    /// Gets the expected calibration error of the predicted probabilities, 0 to 1: their distance from the share that is right, over 15
    /// bins of equal width. It is null when the catalog has learned no categories. Even perfect probabilities measure a few hundredths on a
    /// few hundred queries.
    /// </summary>
    public double? CalibrationError { get; internal init; }

    /// <summary>Gets how often queries of one category were predicted to be of another.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>
    /// Gets the median time in milliseconds from an image to ten recommendations, one query at a time, or from a row when the queries are
    /// items. It is 0 when nothing was timed.
    /// </summary>
    public double MillisecondsPerQuery { get; internal init; }

    /// <summary>Gets the part of that time that the search takes: the median in milliseconds from a row to ten recommendations.</summary>
    public double SearchMilliseconds { get; internal init; }

    /// <summary>Gets the counted queries, in their own order.</summary>
    public IReadOnlyList<QueryResult> PerQuery { get; internal init; } = [];

    /// <summary>Gets the reason for each query that is left out of every figure, by the query's id.</summary>
    public IReadOnlyDictionary<string, string> Skipped { get; internal init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Gets what a reader of the figures should know, as sentences. It is often empty.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>Gets the number of counted queries.</summary>
    public int Queries => PerQuery.Count;

    /// <summary>Gets the mean average precision over the whole rankings.</summary>
    public Estimate MeanAveragePrecision => Metrics["map"];

    /// <summary>Gets the share of queries whose category was predicted right.</summary>
    public Estimate Accuracy => Metrics["accuracy"];

    /// <summary>Returns the precision at one of the <see cref="Cutoffs"/>.</summary>
    public Estimate PrecisionAt(int k) => At("precision", k);

    /// <summary>Returns the recall at one of the <see cref="Cutoffs"/>.</summary>
    public Estimate RecallAt(int k) => At("recall", k);

    /// <summary>Returns the share of queries with a relevant answer among the first k, for one of the <see cref="Cutoffs"/>.</summary>
    public Estimate HitRateAt(int k) => At("hit_rate", k);

    /// <summary>Returns the normalized discounted cumulative gain at one of the <see cref="Cutoffs"/>.</summary>
    public Estimate NdcgAt(int k) => At("ndcg", k);

    /// <summary>Returns the pipeline, then every figure with its interval, one per line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Pipeline}: {Queries:N0} queries, {Items:N0} items, accuracy by {AccuracyBy}");
        foreach (var (name, figure) in Metrics)
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{name,-14} {figure}");
        return text.ToString();
    }

    private Estimate At(string metric, int k) => Metrics.TryGetValue($"{metric}@{k}", out var estimate)
        ? estimate
        : throw new ArgumentOutOfRangeException(
            nameof(k), k,
            $"Measured at {string.Join(", ", Cutoffs)}; set {nameof(EvaluationOptions)}.{nameof(EvaluationOptions.Cutoffs)} for others.");
}
