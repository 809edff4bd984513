using ImageRec.Features;
using ImageRec.ML.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ImageRec.ML.Estimators;

/// <summary>Turns a column of images into a column of embeddings; <see cref="ImageFeatureCatalogExtensions"/> makes it.</summary>
/// <remarks>There is nothing to learn: fitting loads the network.</remarks>
internal sealed class ImageFeatureEstimator : IEstimator<ImageFeatureTransformer>
{
    private readonly string _outputColumn;
    private readonly string _inputColumn;
    private readonly Func<(IFeatureExtractor Extractor, bool Owned)> _create;

    /// <summary>Makes an estimator.</summary>
    public ImageFeatureEstimator(string outputColumn, string inputColumn, Func<(IFeatureExtractor Extractor, bool Owned)> create) =>
        (_outputColumn, _inputColumn, _create) = (outputColumn, inputColumn, create);

    /// <summary>Loads the network.</summary>
    /// <param name="input">Has the column of images; no row is read.</param>
    /// <exception cref="ArgumentException">There is no such column, or it holds no images.</exception>
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
        {
            throw new ArgumentException(
                $"There is no column {_inputColumn}; there are {string.Join(", ", inputSchema.Select(c => c.Name))}.", nameof(inputSchema));
        }
        var output = new SchemaShape.Column(_outputColumn, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, null);
        return new SchemaShape(inputSchema.Where(column => column.Name != _outputColumn).Append(output));
    }
}
