using System.Numerics.Tensors;

namespace ImageRec.Vectors;

/// <summary>Solves systems of a symmetric positive definite matrix A = L L'.</summary>
/// <remarks>
/// Golub and Van Loan, Matrix Computations, section 4.2: 64 columns at a time, so that nearly all of the work is products of matrices.
/// </remarks>
internal static unsafe class Cholesky
{
    private const int Width = ProductKernel.PanelWidth;

    // What rounding may have made of a pivot that is positive.
    private const float LeastPivot = 1e-6f;

    /// <summary>Replaces the lower triangle of A by L; what is above it is left undefined.</summary>
    /// <param name="matrix">n x n.</param>
    /// <param name="count">n.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static void Factor(float* matrix, int count, CancellationToken cancellationToken)
    {
        for (var first = 0; first < count; first += Width)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = matrix + ((long)first * count);
            var width = Math.Min(Width, count - first);
            BlockProducts.Add(block, count, count - first, block, count, width, first, -1, block + first, count);
            for (var i = first; i < count; i++)
            {
                var row = Columns(matrix, count, i, first, width);
                for (var j = 0; j < width && first + j <= i; j++)
                {
                    var above = Columns(matrix, count, first + j, first, width);
                    var left = row[j] - TensorPrimitives.Dot<float>(row[..j], above[..j]);
                    row[j] = i == first + j ? MathF.Sqrt(MathF.Max(left, LeastPivot)) : left / above[j];
                }
            }
        }
    }

    /// <summary>Replaces B by the solution of A X = B.</summary>
    /// <param name="factor">n x n, its lower triangle L.</param>
    /// <param name="values">n x k, B and then X. All k are solved at once, so that L is read only twice.</param>
    public static void Solve(float* factor, FeatureMatrix values)
    {
        var count = values.Rows;
        for (var i = 0; i < count; i++)
        {
            var row = factor + ((long)i * count);
            for (var j = 0; j < i; j++)
                TensorPrimitives.MultiplyAdd(values[j], -row[j], values[i], values[i]);
            TensorPrimitives.Divide(values[i], row[i], values[i]);
        }
        for (var i = count - 1; i >= 0; i--)
        {
            var row = factor + ((long)i * count);
            TensorPrimitives.Divide(values[i], row[i], values[i]);
            for (var j = 0; j < i; j++)
                TensorPrimitives.MultiplyAdd(values[i], -row[j], values[j], values[j]);
        }
    }

    private static Span<float> Columns(float* matrix, int count, int row, int first, int width) =>
        new(matrix + ((long)row * count) + first, width);
}
