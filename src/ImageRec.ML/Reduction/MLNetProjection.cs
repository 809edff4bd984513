using ImageRec.Fitting;
using ImageRec.ML.Columns;
using ImageRec.ML.Fitting;
using ImageRec.Reduction;
using ImageRec.Vectors;
using Microsoft.ML;

namespace ImageRec.ML.Reduction;

/// <summary>
/// Projects rows by a fitted ML.NET transformer, a batch at a time: unlike a PredictionEngine, that works from any thread.
/// </summary>
internal sealed class MLNetProjection : IProjection
{
    private readonly ITransformer _model;
    private readonly DataViewSchema _input;
    private readonly string _inputColumn;
    private readonly VectorColumn _output;

    /// <summary>Uses a fitted transformer.</summary>
    /// <exception cref="ArgumentException">A column is missing or holds something else.</exception>
    public MLNetProjection(string name, ITransformer model, DataViewSchema input, string inputColumn, string outputColumn)
    {
        Name = name;
        (_model, _input, _inputColumn) = (model, input, inputColumn);
        InputDimensions = new VectorColumn(input, inputColumn).Dimensions;
        _output = new VectorColumn(model.GetOutputSchema(input), outputColumn);
    }

    public string Name { get; }

    public int InputDimensions { get; }

    public int OutputDimensions => _output.Dimensions;

    public ReadOnlyMemory<float> ExplainedVarianceRatio => ReadOnlyMemory<float>.Empty;

    public void Project(FeatureMatrix features, FeatureMatrix reduced)
    {
        ProjectionShapes.Check(this, features, reduced);
        _output.Read(_model.Transform(new MatrixDataView(features, _inputColumn)), reduced);
    }

    public void Save(Stream destination) => MLNetState.Save(destination, _model, _input);
}
