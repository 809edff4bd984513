using ImageRec.Features;
using ImageRec.ML;
using Microsoft.ML;

namespace ImageRec;

/// <summary>ImageRec as a part of ML.NET pipelines.</summary>
public static class ImageFeatureCatalogExtensions
{
    /// <summary>Turns a column of pictures into a column of features that any trainer can learn from. The fitted model can be saved and loaded by ML.NET.</summary>
    /// <param name="catalog">mlContext.Transforms.</param>
    /// <param name="outputColumnName">The column to add: a vector of Single.</param>
    /// <param name="inputColumnName">The pictures: paths (text), encoded bytes (a vector of Byte) or <see cref="Microsoft.ML.Data.MLImage"/>; null for the name of the output.</param>
    /// <param name="model">The network.</param>
    /// <param name="options">How it uses the machine; null for the defaults. Not saved.</param>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.ExtractImageFeatures("Features", "Path", OnnxModel.AlexNet("alexnet.onnx"))
    ///     .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy());
    /// </code>
    /// </example>
    public static ImageFeatureEstimator ExtractImageFeatures(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, OnnxModel model, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        ArgumentNullException.ThrowIfNull(model);
        return new ImageFeatureEstimator(outputColumnName, inputColumnName ?? outputColumnName, () => (new OnnxFeatureExtractor(model, options), true));
    }

    /// <summary>Turns a column of pictures into a column of features, by an extractor of the caller's own. The fitted model works but cannot be saved.</summary>
    /// <param name="catalog">mlContext.Transforms.</param>
    /// <param name="outputColumnName">The column to add: a vector of Single.</param>
    /// <param name="inputColumnName">The pictures, as in the other overload; null for the name of the output.</param>
    /// <param name="extractor">Stays the caller's: dispose it after the last use.</param>
    public static ImageFeatureEstimator ExtractImageFeatures(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, IFeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        ArgumentNullException.ThrowIfNull(extractor);
        return new ImageFeatureEstimator(outputColumnName, inputColumnName ?? outputColumnName, () => (extractor, false));
    }
}
