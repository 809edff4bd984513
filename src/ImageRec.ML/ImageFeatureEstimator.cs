using ImageRec.Features;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.ML;

/// <summary>An ML.NET estimator that turns a column of pictures into a column of features; <c>mlContext.Transforms.ExtractImageFeatures</c> makes it.</summary>
/// <remarks>There is nothing to learn: fitting loads the network.</remarks>
public sealed class ImageFeatureEstimator : IEstimator<ImageFeatureTransformer>
{
    private readonly string _outputColumn;
    private readonly string _inputColumn;
    private readonly Func<(IFeatureExtractor Extractor, bool Owned)> _create;

    internal ImageFeatureEstimator(string outputColumn, string inputColumn, Func<(IFeatureExtractor Extractor, bool Owned)> create) =>
        (_outputColumn, _inputColumn, _create) = (outputColumn, inputColumn, create);

    /// <summary>Loads the network.</summary>
    /// <param name="input">Has the column of pictures; no row is read.</param>
    /// <exception cref="ArgumentException">There is no such column, or it holds no pictures.</exception>
    /// <exception cref="OnnxModelException">The network cannot be used.</exception>
    public ImageFeatureTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        PictureColumn.Find(input.Schema, _inputColumn);
        var (extractor, owned) = _create();
        return new ImageFeatureTransformer(_outputColumn, _inputColumn, extractor, owned);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">There is no column of that name.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (!inputSchema.Any(column => column.Name == _inputColumn))
            throw new ArgumentException($"There is no column {_inputColumn}; there are {string.Join(", ", inputSchema.Select(c => c.Name))}.", nameof(inputSchema));
        var output = new SchemaShape.Column(_outputColumn, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, null);
        return new SchemaShape(inputSchema.Where(column => column.Name != _outputColumn).Append(output));
    }
}
