namespace ImageRec;

/// <summary>
/// Declares ResNet-18 (He et al. 2016, "Deep Residual Learning for Image Recognition"), trained on ImageNet, from the weights in the package
/// Microsoft.ML.DnnImageFeaturizer.ResNet18.
/// </summary>
public static class ResNet18Network
{
    /// <summary>The last pooling: 512 dimensions, the average of each channel over the image.</summary>
    public const string Pooling = "Pooling395_Output_0";

    /// <summary>The last convolution: 512 channels of 7 x 7 positions, 25,088 dimensions.</summary>
    public const string Convolution = "ReLU393_Output_0";

    /// <summary>
    /// Gets the network: 224 x 224, blue first, 0 to 255 minus 103.06, 115.90, 123.15, the center of the image; its embedding is
    /// <see cref="Pooling"/>, 512 dimensions, unless another <see cref="OnnxModel.Output"/> is set.
    /// </summary>
    /// <remarks>Each call returns a declaration of its own, which can be changed.</remarks>
    /// <example>
    /// <code>
    /// var positions = ResNet18Network.Model;
    /// positions.Output = ResNet18Network.Convolution;
    /// var builder = new RecommenderBuilder().UseOnnx(positions);
    /// </code>
    /// </example>
    public static OnnxModel Model => new(Path.Combine(AppContext.BaseDirectory, "DnnImageModels", "ResNet18Onnx", "ResNet18.onnx"))
    {
        Name = "resnet18",
        Output = Pooling,
        Channels = ChannelOrder.Bgr,
        Mean = new RgbValues(123.15f, 115.90f, 103.06f),
        Fit = ImageFit.CenterCrop,
    };
}
