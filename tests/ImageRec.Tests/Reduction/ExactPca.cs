using ImageRec.Vectors;

namespace ImageRec.Tests.Reduction;

/// <summary>Principal components by the textbook, in double precision: the whole covariance matrix, turned until it is diagonal.</summary>
internal static class ExactPca
{
    public static (double[] Variances, double[][] Components, double[] Mean) Of(FeatureMatrix features)
    {
        var (n, d) = (features.Rows, features.Columns);
        var mean = Enumerable.Range(0, d).Select(j => Enumerable.Range(0, n).Average(i => (double)features[i][j])).ToArray();
        var covariance = new double[d, d];
        for (var i = 0; i < n; i++)
        {
            for (var a = 0; a < d; a++)
            {
                for (var b = 0; b < d; b++)
                    covariance[a, b] += (features[i][a] - mean[a]) * (features[i][b] - mean[b]) / n;
            }
        }
        var vectors = Jacobi(covariance, d);
        var order = Enumerable.Range(0, d).OrderByDescending(j => covariance[j, j]).ToArray();
        return (
            [.. order.Select(j => covariance[j, j])],
            [.. order.Select(j => Enumerable.Range(0, d).Select(a => vectors[a, j]).ToArray())],
            mean);
    }

    /// <summary>Turns pairs of axes until the matrix is diagonal.</summary>
    /// <returns>The axes, as columns.</returns>
    private static double[,] Jacobi(double[,] matrix, int d)
    {
        var axes = new double[d, d];
        for (var i = 0; i < d; i++)
            axes[i, i] = 1;
        for (var sweep = 0; sweep < 12; sweep++)
        {
            for (var p = 0; p < d; p++)
            {
                for (var q = p + 1; q < d; q++)
                {
                    var angle = 0.5 * Math.Atan2(2 * matrix[p, q], matrix[p, p] - matrix[q, q]);
                    var (sine, cosine) = Math.SinCos(angle);
                    for (var i = 0; i < d; i++)
                    {
                        (matrix[i, p], matrix[i, q]) = (
                            (cosine * matrix[i, p]) + (sine * matrix[i, q]), (cosine * matrix[i, q]) - (sine * matrix[i, p]));
                        (axes[i, p], axes[i, q]) = (
                            (cosine * axes[i, p]) + (sine * axes[i, q]), (cosine * axes[i, q]) - (sine * axes[i, p]));
                    }
                    for (var i = 0; i < d; i++)
                        (matrix[p, i], matrix[q, i]) = (
                            (cosine * matrix[p, i]) + (sine * matrix[q, i]), (cosine * matrix[q, i]) - (sine * matrix[p, i]));
                }
            }
        }
        return axes;
    }
}
