using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Ranks all rows but those of one group for one of these; made once and measured under many weights.</summary>
/// <remarks>
/// Within a category every weight keeps the order of the cosines, so that each category is sorted once and the weights only merge them.
/// </remarks>
internal sealed class FusedRanking
{
    private const int Answers = 5;
    private readonly float[][] _cosines;
    private readonly int _wanted;

    /// <summary>Sorts the rows of every category by their cosine with the query.</summary>
    /// <param name="unitRows">n x d.</param>
    /// <param name="labels">n category numbers.</param>
    /// <param name="groups">n group numbers.</param>
    /// <param name="rows">Rows to rank.</param>
    /// <param name="query">The row that is the query; neither it nor its group is ranked.</param>
    public FusedRanking(FeatureMatrix unitRows, int[] labels, int[] groups, int[] rows, int query)
    {
        _wanted = labels[query];
        rows = [.. rows.Where(row => groups[row] != groups[query])];
        _cosines = [.. rows
            .GroupBy(row => labels[row], row => TensorPrimitives.Dot<float>(unitRows[query], unitRows[row]))
            .Select(group => (Label: group.Key, Cosines: group.OrderDescending().ToArray()))
            .OrderBy(group => group.Label)
            .Select(group => group.Cosines)];
        Labels = [.. rows.Select(row => labels[row]).Distinct().Order()];
    }

    private int[] Labels { get; }

    /// <summary>Measures the ranking under a weight.</summary>
    /// <param name="probabilities">k values of the query.</param>
    /// <param name="weight">Of the category part; infinite ranks by the category first and by the cosine within it.</param>
    /// <returns>Precision of the first 5 and average precision, each 0 to 1. Of equal scores the wrong category comes first.</returns>
    public (double PrecisionAt5, double AveragePrecision) Quality(ReadOnlySpan<float> probabilities, float weight)
    {
        var own = Array.IndexOf(Labels, _wanted);
        if (own < 0)
            return (0, 0);
        var isFirst = float.IsPositiveInfinity(weight);
        Span<float> bonus = Labels.Length <= 256 ? stackalloc float[Labels.Length] : new float[Labels.Length];
        for (var c = 0; c < bonus.Length; c++)
            bonus[c] = isFirst ? 0 : weight * weight * MathF.Sqrt(probabilities[Labels[c]]);
        var before = new int[Labels.Length];
        var inFirst = 0;
        double sum = 0;
        var wrong = 0;
        for (var i = 0; i < _cosines[own].Length; i++)
        {
            var score = _cosines[own][i] + bonus[own];
            for (var c = 0; c < Labels.Length; c++)
            {
                if (c == own)
                    continue;
                var others = _cosines[c];
                var ahead = isFirst ? probabilities[Labels[c]].CompareTo(probabilities[_wanted]) : 0;
                for (; before[c] < others.Length && (ahead > 0 || (ahead == 0 && others[before[c]] + bonus[c] >= score)); before[c]++)
                    wrong++;
            }
            sum += (i + 1.0) / (i + 1 + wrong);
            inFirst += i + wrong < Answers ? 1 : 0;
        }
        var all = _cosines.Sum(c => c.Length);
        return ((double)inFirst / Math.Min(Answers, all), sum / _cosines[own].Length);
    }
}
