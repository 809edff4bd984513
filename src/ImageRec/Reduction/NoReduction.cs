using ImageRec.Fitting;
using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>Leaves rows as they are: the reducer that does nothing.</summary>
internal sealed class NoReduction : IReducer
{
    private const string Kind = "IRNR";

    public string Name => "none";

    public IProjection Fit(FeatureMatrix features, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(features);
        return new IdentityProjection(features.Columns);
    }

    public IProjection Load(Stream source) => new IdentityProjection(MatrixState.Read(source, Kind, count: 1)[0].Columns);

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

        public void Save(Stream destination) => MatrixState.Write(destination, Kind, new FeatureMatrix(0, dimensions));
    }
}
