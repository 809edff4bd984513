using System.Numerics.Tensors;

namespace ImageRec.Vectors;

/// <summary>Solves systems of a symmetric positive definite matrix A = L L'.</summary>
/// <remarks>
/// Golub and Van Loan, Matrix Computations, section 4.2: by dot products of rows, in blocks of rows that stay in the cache while all rows
/// above them pass by.
/// </remarks>
internal static class Cholesky
{
    private const int RowsPerPart = 64;

    // What rounding may have made of a pivot that is positive.
    private const float LeastPivot = 1e-6f;

    /// <summary>Replaces the lower triangle of A by L; the upper one is left alone.</summary>
    /// <param name="matrix">n x n.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static void Factor(FeatureMatrix matrix, CancellationToken cancellationToken)
    {
        for (var first = 0; first < matrix.Rows; first += RowsPerPart)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var last = Math.Min(first + RowsPerPart, matrix.Rows);
            for (var j = 0; j < last; j++)
            {
                var above = matrix[j];
                for (var i = Math.Max(first, j); i < last; i++)
                {
                    var row = matrix[i];
                    var left = row[j] - TensorPrimitives.Dot<float>(row[..j], above[..j]);
                    row[j] = i == j ? MathF.Sqrt(MathF.Max(left, LeastPivot)) : left / above[j];
                }
            }
        }
    }

    /// <summary>Replaces b by the solution of A x = b.</summary>
    /// <param name="factor">n x n, its lower triangle L.</param>
    /// <param name="values">n values.</param>
    public static void Solve(FeatureMatrix factor, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (values[i] - TensorPrimitives.Dot<float>(factor[i][..i], values[..i])) / factor[i][i];
        for (var i = values.Length - 1; i >= 0; i--)
        {
            values[i] /= factor[i][i];
            TensorPrimitives.MultiplyAdd(factor[i][..i], -values[i], values[..i], values[..i]);
        }
    }
}
