using System.Numerics.Tensors;
using ImageRec.Fitting;
using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>Describes how similar the catalog's own items are among themselves: the scores of random pairs, sorted.</summary>
internal sealed class ScoreDistribution
{
    private const string Kind = "IRSD";
    private const int Pairs = 20_000;
    private readonly FeatureMatrix _scores;

    private ScoreDistribution(FeatureMatrix scores) => _scores = scores;

    /// <param name="unitRows">n x d.</param>
    /// <param name="seed">Same seed, same pairs.</param>
    public static ScoreDistribution Of(FeatureMatrix unitRows, int seed)
    {
        var count = unitRows.Rows;
        var all = (long)count * (count - 1) / 2;
        var scores = new FeatureMatrix((int)Math.Min(all, Pairs), 1);
        var values = scores.Values.Span;
        if (all <= Pairs)
        {
            var next = 0;
            for (var i = 0; i < count; i++)
                for (var j = 0; j < i; j++)
                    values[next++] = TensorPrimitives.Dot<float>(unitRows[i], unitRows[j]);
        }
        else
        {
            var random = new Random(seed);
            foreach (ref var score in values)
            {
                var first = random.Next(count);
                // The second is any but the first.
                var second = (first + 1 + random.Next(count - 1)) % count;
                score = TensorPrimitives.Dot<float>(unitRows[first], unitRows[second]);
            }
        }
        values.Sort();
        return new ScoreDistribution(scores);
    }

    /// <summary>Returns the share of the pairs that score less, 0 to 100; null without pairs.</summary>
    public float? PercentileOf(float score)
    {
        var values = _scores.Values.Span;
        if (values.Length == 0)
            return null;
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (values[middle] < score)
                low = middle + 1;
            else
                high = middle;
        }
        return 100f * low / values.Length;
    }

    public void Save(Stream destination) => MatrixState.Write(destination, Kind, _scores);

    public static ScoreDistribution Load(Stream source) => MatrixState.Read(source, Kind, count: 1) is [{ Columns: 1 } scores]
        ? new ScoreDistribution(scores)
        : throw StateFrame.Damaged(Kind, "it does not hold one column");
}
