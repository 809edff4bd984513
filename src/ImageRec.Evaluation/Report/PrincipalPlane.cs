using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Evaluation.Report;

/// <summary>Finds the two directions in which rows differ most, by orthogonal iteration.</summary>
/// <remarks>Golub and Van Loan, Matrix Computations, section 8.2.</remarks>
internal static class PrincipalPlane
{
    private const int Rounds = 60;

    /// <summary>Returns the location of each row along the two directions.</summary>
    /// <param name="rows">n x d. A d of 1 gives a second coordinate of 0.</param>
    /// <returns>n locations.</returns>
    public static (double X, double Y)[] Project(FeatureMatrix rows)
    {
        var d = rows.Columns;
        var mean = new float[d];
        for (var i = 0; i < rows.Rows; i++)
            TensorPrimitives.MultiplyAdd<float>(rows[i], 1f / rows.Rows, mean, mean);
        float[] first = Start(d, seed: 1), second = Start(d, seed: 2);
        for (var round = 0; round < Rounds; round++)
        {
            first = Spread(rows, mean, first);
            UnitRows.Normalize(first);
            second = Spread(rows, mean, second);
            TensorPrimitives.MultiplyAdd(first, -TensorPrimitives.Dot<float>(first, second), second, second);
            UnitRows.Normalize(second);
        }
        float offFirst = TensorPrimitives.Dot<float>(mean, first), offSecond = TensorPrimitives.Dot<float>(mean, second);
        return [.. Enumerable.Range(0, rows.Rows).Select(i =>
            ((double)TensorPrimitives.Dot<float>(rows[i], first) - offFirst,
                (double)TensorPrimitives.Dot<float>(rows[i], second) - offSecond))];
    }

    private static float[] Start(int d, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, d).Select(_ => random.NextSingle() - 0.5f)];
    }

    /// <summary>Returns the rows' covariance times a vector, up to a factor.</summary>
    private static float[] Spread(FeatureMatrix rows, float[] mean, float[] vector)
    {
        var sum = new float[vector.Length];
        var off = TensorPrimitives.Dot<float>(mean, vector);
        float total = 0;
        for (var i = 0; i < rows.Rows; i++)
        {
            var along = TensorPrimitives.Dot<float>(rows[i], vector) - off;
            TensorPrimitives.MultiplyAdd<float>(rows[i], along, sum, sum);
            total += along;
        }
        TensorPrimitives.MultiplyAdd<float>(mean, -total, sum, sum);
        return sum;
    }
}
