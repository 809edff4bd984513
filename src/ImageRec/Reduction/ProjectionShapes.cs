using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Makes the checks that every projection makes before it touches a row.</summary>
internal static class ProjectionShapes
{
    /// <exception cref="ArgumentException">A shape differs; the message quotes both.</exception>
    public static void Check(IProjection projection, FeatureMatrix features, FeatureMatrix reduced)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(reduced);
        if (features.Columns != projection.InputDimensions)
        {
            throw new ArgumentException(
                $"Rows have {features.Columns} dimensions; {projection.Name} was fitted on rows of {projection.InputDimensions}.",
                nameof(features));
        }
        if (reduced.Rows != features.Rows || reduced.Columns != projection.OutputDimensions)
        {
            throw new ArgumentException(
                $"The result is {reduced.Rows} x {reduced.Columns}; {projection.Name} needs {features.Rows} x "
                + $"{projection.OutputDimensions}.",
                nameof(reduced));
        }
    }
}
