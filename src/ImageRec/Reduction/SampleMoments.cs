using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Describes where a sample lies and how far it spreads.</summary>
/// <param name="Mean">1 x d.</param>
/// <param name="Variance">Mean squared distance from the mean, summed over the dimensions; 0 when all rows are equal.</param>
internal sealed record SampleMoments(FeatureMatrix Mean, double Variance)
{
    // Below this share of the rows' mean square, spread is rounding.
    private const double Rounding = 1e-12;

    /// <exception cref="ArgumentException">A value is not finite; the message names the row.</exception>
    public static SampleMoments Of(FeatureMatrix features, CancellationToken cancellationToken)
    {
        var sum = new double[features.Columns];
        var wide = new double[features.Columns];
        for (var i = 0; i < features.Rows; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TensorPrimitives.IsFiniteAll<float>(features[i]))
                throw new ArgumentException($"Row {i} has a value that is not finite.", nameof(features));
            TensorPrimitives.ConvertTruncating<float, double>(features[i], wide);
            TensorPrimitives.Add(sum, wide, sum);
        }
        var mean = new FeatureMatrix(1, features.Columns);
        if (features.Rows == 0)
            return new SampleMoments(mean, 0);
        TensorPrimitives.Divide(sum, features.Rows, sum);
        TensorPrimitives.ConvertTruncating<double, float>(sum, mean[0]);

        double squares = 0, spread = 0;
        for (var i = 0; i < features.Rows; i++)
        {
            TensorPrimitives.ConvertTruncating<float, double>(features[i], wide);
            squares += TensorPrimitives.SumOfSquares<double>(wide);
            TensorPrimitives.Subtract(wide, sum, wide);
            spread += TensorPrimitives.SumOfSquares<double>(wide);
        }
        return new SampleMoments(mean, spread <= Rounding * squares ? 0 : spread / features.Rows);
    }
}
