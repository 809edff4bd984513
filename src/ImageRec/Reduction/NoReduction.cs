using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Leaves rows as they are: the reducer that does nothing.</summary>
public sealed class NoReduction : IReducer
{
    private const string Kind = "IRNR";

    /// <inheritdoc />
    public string Name => "none";

    /// <inheritdoc />
    public IProjection Fit(FeatureMatrix features, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(features);
        return new IdentityProjection(features.Columns);
    }

    /// <inheritdoc />
    public IProjection Load(Stream source) => new IdentityProjection(MatrixState.Read(source, Kind, version: 1, count: 1)[0].Columns);

    private sealed class IdentityProjection(int dimensions) : IProjection
    {
        public string Name => "none";

        public int InputDimensions => dimensions;

        public int OutputDimensions => dimensions;

        public ReadOnlyMemory<float> ExplainedVarianceRatio => ReadOnlyMemory<float>.Empty;

        public void Project(FeatureMatrix features, FeatureMatrix reduced)
        {
            ProjectionShapes.Check(this, features, reduced);
            features.Values.Span.CopyTo(reduced.Values.Span);
        }

        public void Save(Stream destination) => MatrixState.Write(destination, Kind, version: 1, new FeatureMatrix(0, dimensions));
    }
}
