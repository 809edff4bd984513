using System.Globalization;
using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Projects the parts of joined embeddings, each by itself, to unit length, then multiplies each by its weight.</summary>
/// <param name="parts">The projections, in order.</param>
/// <param name="weights">One for each.</param>
internal sealed class JoinedProjection(IReadOnlyList<IProjection> parts, IReadOnlyList<float> weights) : IProjection
{
    public string Name => string.Join(" + ", parts.Zip(weights, (part, weight) =>
        weight == 1 ? part.Name : string.Create(CultureInfo.InvariantCulture, $"{weight} {part.Name}")));

    public int InputDimensions { get; } = parts.Sum(part => part.InputDimensions);

    public int OutputDimensions { get; } = parts.Sum(part => part.OutputDimensions);

    /// <summary>Unknown: the parts' variances are not those of the joined row.</summary>
    public ReadOnlyMemory<float> ExplainedVarianceRatio => ReadOnlyMemory<float>.Empty;

    public void Project(FeatureMatrix features, FeatureMatrix reduced)
    {
        ProjectionShapes.Check(this, features, reduced);
        var (start, outputStart) = (0, 0);
        foreach (var (part, weight) in parts.Zip(weights))
        {
            var rows = new FeatureMatrix(features.Rows, part.OutputDimensions);
            part.Project(Part(features, start, part.InputDimensions), rows);
            UnitRows.Normalize(rows);
            for (var i = 0; i < rows.Rows; i++)
                TensorPrimitives.Multiply(rows[i], weight, reduced[i].Slice(outputStart, rows.Columns));
            start += part.InputDimensions;
            outputStart += part.OutputDimensions;
        }
    }

    public void Save(Stream destination)
    {
        foreach (var part in parts)
            part.Save(destination);
    }

    /// <summary>Copies some columns of rows, L2-normalized.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="start">The first column.</param>
    /// <param name="columns">The number of columns.</param>
    /// <returns>n x <paramref name="columns"/>.</returns>
    public static FeatureMatrix Part(FeatureMatrix rows, int start, int columns)
    {
        var part = new FeatureMatrix(rows.Rows, columns);
        for (var i = 0; i < rows.Rows; i++)
            rows[i].Slice(start, columns).CopyTo(part[i]);
        UnitRows.Normalize(part);
        return part;
    }
}
