using ImageRec.Features;
using ImageRec.ML.Features;
using Microsoft.ML;

namespace ImageRec;

/// <summary>
/// Makes extractors of ML.NET pipelines that start from a column of images, such as ResizeImages, ExtractPixels and ApplyOnnxModel, for
/// embeddings without an engine. With a builder, use <see cref="MLNetBuilderExtensions.UseMLNetExtractor"/>.
/// </summary>
/// <remarks>
/// Images reach the pipeline as <see cref="Microsoft.ML.Data.MLImage"/>, upright, in sRGB and on white, in their own size. The pipeline
/// runs on the calling thread, one image after another, as ML.NET does.
/// </remarks>
public static class MLNetExtractor
{
    /// <summary>Fits a pipeline, on no images: it may have nothing to learn.</summary>
    /// <param name="name">Short printable name.</param>
    /// <param name="pipeline">Makes the pipeline.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The extractor; dispose it after the last use.</returns>
    /// <exception cref="ArgumentException">The pipeline has no such output column, or it holds something else.</exception>
    /// <exception cref="ImageRecException">The SkiaSharp of this app is one that ML.NET's images do not work with.</exception>
    /// <example>
    /// <code>
    /// using var extractor = MLNetExtractor.Create("pixels", ml => ml.Transforms.ResizeImages("Small", 12, 12, "Image")
    ///     .Append(ml.Transforms.ExtractPixels("Features", "Small")));
    /// </code>
    /// </example>
    public static IFeatureExtractor Create(
        string name, Func<MLContext, IEstimator<ITransformer>> pipeline, Action<MLNetExtractorOptions>? configure = null) =>
        MLNetFeatureExtractor.Fit(name, pipeline, MLNetExtractorOptions.From(configure, ImageLimits.Default));

    /// <summary>Uses a fitted pipeline.</summary>
    /// <param name="name">Short printable name.</param>
    /// <param name="model">The fitted pipeline; it stays the caller's to dispose.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The extractor; dispose it after the last use.</returns>
    /// <exception cref="ArgumentException">The pipeline has no such output column, or it holds something else.</exception>
    /// <exception cref="ImageRecException">The SkiaSharp of this app is one that ML.NET's images do not work with.</exception>
    public static IFeatureExtractor FromModel(string name, ITransformer model, Action<MLNetExtractorOptions>? configure = null) =>
        new MLNetFeatureExtractor(name, model, MLNetExtractorOptions.From(configure, ImageLimits.Default), owned: false);
}
