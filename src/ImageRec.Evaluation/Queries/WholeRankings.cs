using ImageRec.Answering;
using ImageRec.Vectors;

namespace ImageRec.Evaluation.Queries;

/// <summary>Finds the average precision of whole rankings by cosine without sorting them.</summary>
/// <remarks>
/// Average precision needs the ranks of the relevant items alone. So only these are sorted, and of each other item it is only counted which
/// of them it precedes: the figure of a sorted ranking, in time that grows with the items like one pass over their rows.
/// </remarks>
/// <param name="records">n items.</param>
/// <param name="rows">Their rows, n x d.</param>
/// <param name="orderOf">Returns how items rank for a row where the category comes first, else null.</param>
/// <param name="includeCopies">Whether items with the query's bytes count.</param>
internal sealed class WholeRankings<TItem>(
    IReadOnlyList<ItemRecord<TItem>> records, FeatureMatrix rows, Func<ReadOnlyMemory<float>, CategoryOrder<TItem>?> orderOf,
    bool includeCopies)
{
    /// <summary>Queries that share one pass over the rows.</summary>
    public const int Together = 8;

    private const int BlockRows = 256;

    // More than cosines differ.
    private const double BetweenLevels = 4;
    private readonly int[] _keys = [.. records.Select(record => record.Key)];
    private readonly string?[] _categories = Shared(records);
    private readonly Dictionary<string, int[]> _ofCategory = Positions(records, r => r.Category ?? "", StringComparer.Ordinal);
    private readonly Dictionary<UInt128, int[]> _ofImage = Positions(records, r => r.Hash, null);

    /// <summary>Measures up to <see cref="Together"/> queries.</summary>
    /// <returns>For each the items that may be answers, those of its category among them, and the average precision.</returns>
    public WholeRanking[] Measure(ReadOnlySpan<EvaluationQuery> queries)
    {
        var (scores, orders) = (new double[queries.Length][], new CategoryOrder<TItem>?[queries.Length]);
        for (var q = 0; q < queries.Length; q++)
            (scores[q], orders[q]) = (new double[rows.Rows], orderOf(queries[q].Row));
        for (var first = 0; first < rows.Rows; first += BlockRows)
        {
            var last = Math.Min(rows.Rows, first + BlockRows);
            for (var q = 0; q < queries.Length; q++)
                Score(queries[q].Row.Span, orders[q], first, last, scores[q]);
        }
        var measured = new WholeRanking[queries.Length];
        for (var q = 0; q < queries.Length; q++)
            measured[q] = Measure(queries[q], scores[q]);
        return measured;
    }

    private void Score(ReadOnlySpan<float> query, CategoryOrder<TItem>? order, int first, int last, double[] scores)
    {
        for (var i = first; i < last; i++)
            scores[i] = order is null
                ? DotKernel.Dot(query, rows[i])
                : DotKernel.Dot(order.Image.Span, rows[i]) - (BetweenLevels * order.LevelOf(records[i]));
    }

    private WholeRanking Measure(EvaluationQuery query, double[] scores)
    {
        var left = 0;
        foreach (var i in _ofImage.GetValueOrDefault(query.Hash, []))
        {
            // Not a number is neither above nor below anything.
            if (!includeCopies || _keys[i] == query.Key)
            {
                scores[i] = double.NaN;
                left++;
            }
        }
        var relevant = Relevant(query.Category, scores);
        var candidates = rows.Rows - left;
        return new WholeRanking(
            candidates, relevant.Length, relevant.Length == 0 ? double.NaN : AveragePrecision(relevant, query.Category, scores));
    }

    /// <summary>Returns the relevant items' scores and keys, best first.</summary>
    private (double Score, int Key)[] Relevant(string category, double[] scores)
    {
        var relevant = new List<(double Score, int Key)>();
        foreach (var i in _ofCategory.GetValueOrDefault(category, []))
            if (!double.IsNaN(scores[i]))
                relevant.Add((scores[i], _keys[i]));
        relevant.Sort((a, b) => a.Score == b.Score ? a.Key.CompareTo(b.Key) : b.Score.CompareTo(a.Score));
        return [.. relevant];
    }

    private double AveragePrecision((double Score, int Key)[] relevant, string category, double[] scores)
    {
        var shared = _categories[_ofCategory[category][0]];
        var least = relevant[^1].Score;
        // Relevant items by equal ranges of scores: most others then meet at most one of them.
        var ranges = 2 * relevant.Length;
        var scale = ranges / Math.Max(1e-6f, relevant[0].Score - least);
        int Range(double score) => (int)Math.Min(ranges, (score - least) * scale);
        var above = new int[ranges + 2];
        foreach (var (score, _) in relevant)
            above[Range(score)]++;
        for (var range = ranges; range >= 0; range--)
            above[range] += above[range + 1];
        var before = new int[relevant.Length + 1];
        for (var i = 0; i < scores.Length; i++)
        {
            var score = scores[i];
            if (!(score >= least) || ReferenceEquals(_categories[i], shared))
                continue;
            var position = above[Range(score) + 1];
            while (position < relevant.Length
                && (relevant[position].Score > score || (relevant[position].Score == score && relevant[position].Key < _keys[i])))
            {
                position++;
            }
            before[position]++;
        }
        double sum = 0;
        var others = 0;
        for (var hit = 0; hit < relevant.Length; hit++)
        {
            others += before[hit];
            sum += (hit + 1.0) / (hit + 1 + others);
        }
        return sum / relevant.Length;
    }

    /// <summary>Returns n categories, equal ones the same object.</summary>
    private static string?[] Shared(IReadOnlyList<ItemRecord<TItem>> records)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var shared = new string?[records.Count];
        for (var i = 0; i < shared.Length; i++)
        {
            if (records[i].Category is not { } category)
                continue;
            known.TryAdd(category, category);
            shared[i] = known[category];
        }
        return shared;
    }

    private static Dictionary<T, int[]> Positions<T>(
        IReadOnlyList<ItemRecord<TItem>> records, Func<ItemRecord<TItem>, T> of, IEqualityComparer<T>? comparer) where T : notnull =>
        Enumerable.Range(0, records.Count).GroupBy(i => of(records[i]), comparer).ToDictionary(g => g.Key, g => g.ToArray(), comparer);
}
