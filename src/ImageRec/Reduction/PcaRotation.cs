using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Finds the components inside a subspace: the Rayleigh-Ritz step (Golub and Van Loan, Matrix Computations, 8.1).</summary>
internal static class PcaRotation
{
    // Weighting takes no standard deviation for less than this share of the largest.
    private const double SmallestShare = 1e-3;

    /// <param name="features">n x d sample.</param>
    /// <param name="moments">Of the sample.</param>
    /// <param name="basis">r x d, orthonormal.</param>
    /// <param name="dimensions">How many components to keep, at most r.</param>
    /// <param name="weighting">Power of the relative standard deviation that scales them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static PcaProjection Rotate(
        FeatureMatrix features, SampleMoments moments, FeatureMatrix basis, int dimensions, double weighting,
        CancellationToken cancellationToken)
    {
        var covariance = Covariance(features, new PcaProjection(moments.Mean, basis, new FeatureMatrix(1, basis.Rows)), cancellationToken);
        var (variances, rotation) = SymmetricEigen.Decompose(covariance, cancellationToken);
        var components = new FeatureMatrix(dimensions, basis.Columns);
        var ratio = new FeatureMatrix(1, dimensions);
        var largest = Math.Sqrt(Math.Max(variances[0], 0));
        for (var i = 0; i < dimensions; i++)
        {
            var component = components[i];
            for (var j = 0; j < basis.Rows; j++)
                TensorPrimitives.MultiplyAdd(basis[j], (float)rotation[i][j], component, component);
            var sign = component[TensorPrimitives.IndexOfMaxMagnitude<float>(component)] < 0 ? -1 : 1;
            var share = largest > 0 ? Math.Max(Math.Sqrt(Math.Max(variances[i], 0)) / largest, SmallestShare) : 1;
            TensorPrimitives.Multiply(component, (float)(sign * Math.Pow(share, weighting)), component);
            ratio[0][i] = moments.Variance > 0 ? (float)Math.Clamp(variances[i] / moments.Variance, 0, 1) : 0;
        }
        return new PcaProjection(moments.Mean, components, ratio);
    }

    /// <summary>Computes the mean of the products of the coordinates inside the basis: r x r.</summary>
    private static double[][] Covariance(FeatureMatrix features, PcaProjection basis, CancellationToken cancellationToken)
    {
        const int batch = 256;
        var size = basis.OutputDimensions;
        var covariance = new double[size][];
        for (var i = 0; i < size; i++)
            covariance[i] = new double[size];
        var wide = new double[size];
        for (var start = 0; start < features.Rows; start += batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(batch, features.Rows - start);
            var coordinates = new FeatureMatrix(count, size);
            basis.Project(features, start, coordinates);
            for (var row = 0; row < count; row++)
            {
                TensorPrimitives.ConvertTruncating<float, double>(coordinates[row], wide);
                for (var i = 0; i < size; i++)
                    TensorPrimitives.MultiplyAdd(wide.AsSpan(i), wide[i] / features.Rows, covariance[i].AsSpan(i), covariance[i].AsSpan(i));
            }
        }
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
                covariance[i][j] = covariance[j][i];
        }
        return covariance;
    }
}
