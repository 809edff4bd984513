namespace ImageRec;

/// <summary>
/// Declares ResNet-18 (He et al. 2016, "Deep Residual Learning for Image Recognition"), trained on ImageNet, from the weights in the
/// package Microsoft.ML.DnnImageFeaturizer.ResNet18.
/// </summary>
public static class ResNet18Network
{
    /// <summary>The last convolution: 512 channels of 7 x 7 positions.</summary>
    public const string Convolution = "ReLU393_Output_0";

    /// <summary>The last pooling: 512 dimensions, the average of each channel over the image.</summary>
    public const string Pooling = "Pooling395_Output_0";

    /// <summary>
    /// Gets the network as <see cref="OnnxModel.ResNet18"/> declares it: its embedding is <see cref="Convolution"/>, averaged over each
    /// quarter of the image, 2048 dimensions.
    /// </summary>
    /// <remarks>Each call returns a declaration of its own, which can be changed.</remarks>
    /// <example>
    /// <code>
    /// var builder = new RecommenderBuilder().UseCompactNetwork().AndOnnx(ResNet18Network.Model, weight: 0.7f);
    /// </code>
    /// </example>
    public static OnnxModel Model =>
        OnnxModel.ResNet18(Path.Combine(AppContext.BaseDirectory, "DnnImageModels", "ResNet18Onnx", "ResNet18.onnx"));
}
