using System.Numerics.Tensors;

namespace ImageRec.Vectors;

/// <summary>Normalizes rows to length 1 (L2), so that a dot product of two rows is their cosine similarity.</summary>
public static class UnitRows
{
    /// <summary>Divides the row by its Euclidean length, in place. A zero row stays zero.</summary>
    /// <param name="row">Finite values.</param>
    public static void Normalize(Span<float> row)
    {
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(row));
        if (largest == 0)
            return;
        // Scaled first: squares of very small or very large numbers would leave the range of a float.
        TensorPrimitives.Divide(row, largest, row);
        TensorPrimitives.Divide(row, TensorPrimitives.Norm<float>(row), row);
    }

    /// <summary>Normalizes every row in place.</summary>
    /// <param name="rows">n x d.</param>
    public static void Normalize(FeatureMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (var i = 0; i < rows.Rows; i++)
            Normalize(rows[i]);
    }
}
