using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>
/// Describes a fused row: the image's unit row, then the weighted square roots of its category probabilities, together of length 1.
/// </summary>
/// <remarks>
/// Square roots of probabilities are a unit vector, and the dot product of two of them is the Bhattacharyya coefficient (1943). So the
/// cosine of two fused rows is (cosine of the images + weight^2 x agreement of the categories) / (1 + weight^2), whatever the probabilities
/// are: no item gains by being uncertain.
/// </remarks>
/// <param name="Dimensions">Dimensions of the image's row, d.</param>
/// <param name="Categories">Number of categories, k.</param>
/// <param name="Weight">Of the category part, 0 or more.</param>
internal readonly record struct CategoryPart(int Dimensions, int Categories, float Weight)
{
    /// <summary>
    /// The weight with which rows carry probabilities that take no part in the score: so small that an index of the rows is one of the
    /// images.
    /// </summary>
    public const float Carried = 0.1f;

    /// <summary>Dimensions of a fused row, d + k.</summary>
    public int FusedDimensions => Dimensions + Categories;

    /// <summary>Length of the image's part of a fused row.</summary>
    public float Scale => 1 / MathF.Sqrt(1 + (Weight * Weight));

    /// <summary>Writes a fused row.</summary>
    /// <param name="unitRow">d values; all zero gives a fused row of zeros.</param>
    /// <param name="probabilities">k values, 0 to 1, adding up to 1.</param>
    /// <param name="fused">d + k values, overwritten.</param>
    public void Fuse(ReadOnlySpan<float> unitRow, ReadOnlySpan<float> probabilities, Span<float> fused)
    {
        if (TensorPrimitives.MaxMagnitude(unitRow) == 0)
        {
            fused.Clear();
            return;
        }
        TensorPrimitives.Multiply(unitRow, Scale, fused);
        TensorPrimitives.Sqrt(probabilities, fused[Dimensions..]);
        TensorPrimitives.Multiply(fused[Dimensions..], Weight * Scale, fused[Dimensions..]);
    }

    /// <summary>Returns the image's part of a fused row, scaled to length 1 again (d values).</summary>
    public float[] UnitRow(ReadOnlySpan<float> fused)
    {
        var row = fused[..Dimensions].ToArray();
        UnitRows.Normalize(row);
        return row;
    }

    /// <summary>Returns the number of the most probable category of a fused row; -1 when the row has none.</summary>
    public int MostProbable(ReadOnlySpan<float> fused)
    {
        var best = TensorPrimitives.IndexOfMax(fused[Dimensions..]);
        return fused[Dimensions + best] > 0 ? best : -1;
    }

    /// <summary>
    /// Returns the probabilities of a fused row (k values); all zero when the row has none. A mix of rows gives the mix's own.
    /// </summary>
    public float[] Probabilities(ReadOnlySpan<float> fused)
    {
        var probabilities = fused[Dimensions..].ToArray();
        TensorPrimitives.Max(probabilities, 0f, probabilities);
        TensorPrimitives.Multiply<float>(probabilities, probabilities, probabilities);
        var sum = TensorPrimitives.Sum<float>(probabilities);
        if (sum > 0)
            TensorPrimitives.Divide(probabilities, sum, probabilities);
        return probabilities;
    }
}
