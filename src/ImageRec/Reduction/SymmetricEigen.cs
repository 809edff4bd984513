namespace ImageRec.Reduction;

/// <summary>
/// Finds the eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations,
/// 8.5).
/// </summary>
/// <remarks>
/// Chosen because the matrices here are nearly diagonal, where it needs two or three sweeps, and because it is accurate for small
/// eigenvalues too.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;

    /// <param name="matrix">k x k, symmetric; overwritten.</param>
    /// <param name="cancellationToken">Checked once per sweep.</param>
    /// <returns>Eigenvalues, largest first, and in the same order unit eigenvectors (k x k).</returns>
    public static (double[] Values, double[][] Vectors) Decompose(double[][] matrix, CancellationToken cancellationToken = default)
    {
        var k = matrix.Length;
        var vectors = new double[k][];
        for (var i = 0; i < k; i++)
        {
            vectors[i] = new double[k];
            vectors[i][i] = 1;
        }
        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Sweep(matrix, vectors))
                break;
        }
        var order = Enumerable.Range(0, k).OrderByDescending(i => matrix[i][i]).ToArray();
        return ([.. order.Select(i => matrix[i][i])], [.. order.Select(i => vectors[i])]);
    }

    private static bool Sweep(double[][] matrix, double[][] vectors)
    {
        var rotated = false;
        for (var p = 0; p < matrix.Length; p++)
        {
            for (var q = p + 1; q < matrix.Length; q++)
            {
                var off = matrix[p][q];
                if (Math.Abs(off) <= 1e-15 * Math.Sqrt(Math.Abs(matrix[p][p] * matrix[q][q])) || Math.Abs(off) < 1e-300)
                    continue;
                rotated = true;
                var theta = (matrix[q][q] - matrix[p][p]) / (2 * off);
                var tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
                var cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
                Rotate(matrix, vectors, p, q, cosine, tangent * cosine);
            }
        }
        return rotated;
    }

    private static void Rotate(double[][] matrix, double[][] vectors, int p, int q, double cosine, double sine)
    {
        for (var i = 0; i < matrix.Length; i++)
        {
            var row = matrix[i];
            (row[p], row[q]) = ((cosine * row[p]) - (sine * row[q]), (sine * row[p]) + (cosine * row[q]));
        }
        RotateRows(matrix[p], matrix[q], cosine, sine);
        RotateRows(vectors[p], vectors[q], cosine, sine);
        matrix[p][q] = matrix[q][p] = 0;
    }

    private static void RotateRows(double[] p, double[] q, double cosine, double sine)
    {
        for (var i = 0; i < p.Length; i++)
            (p[i], q[i]) = ((cosine * p[i]) - (sine * q[i]), (sine * p[i]) + (cosine * q[i]));
    }
}
