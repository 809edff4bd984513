using ImageRec.Features;
using ImageRec.ML.Estimators;
using Microsoft.ML;

namespace ImageRec;

/// <summary>Adds embeddings of images to ML.NET pipelines.</summary>
public static class ImageFeatureCatalogExtensions
{
    /// <summary>
    /// Turns a column of images into a column of embeddings that any trainer can learn from. The fitted model can be saved and loaded by
    /// ML.NET; it is disposed to unload the network.
    /// </summary>
    /// <remarks>
    /// An image that cannot be read, or an empty path, becomes a row of NaN, which is how ML.NET writes a missing value:
    /// <c>mlContext.Data.FilterRowsByMissingValues</c> drops it.
    /// </remarks>
    /// <param name="catalog">mlContext.Transforms.</param>
    /// <param name="outputColumnName">The column to add: a vector of Single.</param>
    /// <param name="inputColumnName">
    /// The images: paths (text), encoded bytes (a vector of Byte) or <see cref="Microsoft.ML.Data.MLImage"/>; null for the name of the
    /// output.
    /// </param>
    /// <param name="model">The network.</param>
    /// <param name="configure">Changes how the network uses the machine; not saved.</param>
    /// <returns>The estimator. There is nothing to learn: fitting loads the network.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.ExtractImageFeatures("Features", "Path", OnnxModel.AlexNet("alexnet.onnx"))
    ///     .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy());
    /// </code>
    /// </example>
    public static IEstimator<ITransformer> ExtractImageFeatures(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName,
        OnnxModel model,
        Action<OnnxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        ArgumentNullException.ThrowIfNull(model);
        var (copy, options) = (model.Copy(), OnnxOptions.From(configure));
        return new ImageFeatureEstimator(
            outputColumnName, inputColumnName ?? outputColumnName, () => (new OnnxFeatureExtractor(copy, options), true));
    }

    /// <summary>
    /// Turns a column of images into a column of embeddings, by an extractor of the caller's own. The fitted model works but cannot be
    /// saved.
    /// </summary>
    /// <param name="catalog">mlContext.Transforms.</param>
    /// <param name="outputColumnName">The column to add: a vector of Single.</param>
    /// <param name="inputColumnName">The images, as in the other overload; null for the name of the output.</param>
    /// <param name="extractor">Stays the caller's: dispose it after the last use.</param>
    /// <returns>The estimator.</returns>
    public static IEstimator<ITransformer> ExtractImageFeatures(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, IFeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        ArgumentNullException.ThrowIfNull(extractor);
        return new ImageFeatureEstimator(outputColumnName, inputColumnName ?? outputColumnName, () => (extractor, false));
    }
}
