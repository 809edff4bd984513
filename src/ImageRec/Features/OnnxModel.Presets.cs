namespace ImageRec;

public sealed partial class OnnxModel
{
    // Fit: these networks learned from undistorted images, and their center beat the squeezed whole on product photos
    // (docs/decisions/0020).
    // Means of the ImageNet training images: Caffe's model zoo (0 to 255), torchvision (0 to 1), CLIP's own (0 to 1).
    private static readonly RgbValues s_caffeMean = new(123, 117, 104);
    private static readonly RgbValues s_vggMean = new(123.68f, 116.779f, 103.939f);
    private static readonly RgbValues s_torchMean = new(0.485f, 0.456f, 0.406f);
    private static readonly RgbValues s_torchStd = new(0.229f, 0.224f, 0.225f);
    private static readonly RgbValues s_clipMean = new(0.48145466f, 0.4578275f, 0.40821073f);
    private static readonly RgbValues s_clipStd = new(0.26862954f, 0.26130258f, 0.27577711f);

    private static readonly Dictionary<string, Func<string, string?, OnnxModel>> s_presets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["alexnet-bvlc"] = (path, output) => AlexNet(path, output ?? "pool5"),
        ["alexnet-torchvision"] = AlexNetTorchvision,
        ["vgg16-caffe"] = (path, output) => Vgg16(path, output ?? "fc7"),
        ["vgg16-torchvision"] = Vgg16Torchvision,
        ["squeezenet-caffe"] = (path, output) => SqueezeNet(path, output ?? "features"),
        ["squeezenet-torchvision"] = SqueezeNetTorchvision,
        ["resnet18-mlnet"] = (path, output) => output is null ? ResNet18(path) : ResNet18(path, output),
        ["resnet50"] = ResNet50,
        ["mobilenetv2"] = MobileNetV2,
        ["clip-vit-b32"] = (path, output) => ClipVitB32(path, output ?? "image_embeds"),
        ["plain"] = (path, output) => new OnnxModel(path) { Output = output },
    };

    /// <summary>Gets the names that <see cref="FromPreset"/> knows, in alphabetical order.</summary>
    public static IReadOnlyList<string> PresetNames { get; } = [.. s_presets.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Declares a network in a file, with the settings known under a name: for command lines and settings files.</summary>
    /// <param name="preset">
    /// One of <see cref="PresetNames"/>; case does not matter. <c>plain</c> is 224 x 224, red first, 0 to 255, no mean.
    /// </param>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">The tensor that becomes the embedding; null for the preset's own.</param>
    /// <exception cref="ArgumentException">There is no such name; the message lists those there are.</exception>
    public static OnnxModel FromPreset(string preset, string path, string? output = null)
    {
        ArgumentNullException.ThrowIfNull(preset);
        if (s_presets.TryGetValue(preset, out var make))
            return make(path, output);
        var names = string.Join(", ", PresetNames);
        throw new ArgumentException($"There is no preset '{preset}'. There are: {names}.", nameof(preset));
    }

    /// <summary>Declares AlexNet of the Caffe model zoo (BVLC): 227 x 227, blue first, 0 to 255 minus 104, 117, 123.</summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">Such as <c>pool5</c> (9216 dimensions), <c>fc6</c> or <c>fc7</c> (4096), where the file has them.</param>
    public static OnnxModel AlexNet(string path, string output = "pool5") => Caffe(path, "alexnet-bvlc", 227, s_caffeMean, output);

    /// <summary>
    /// Declares AlexNet of torchvision: 224 x 224, red first, 0 to 1, mean 0.485, 0.456, 0.406, deviation 0.229, 0.224, 0.225.
    /// </summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">Any tensor; null for the first declared output.</param>
    public static OnnxModel AlexNetTorchvision(string path, string? output = null) => Torchvision(path, "alexnet-torchvision", output);

    /// <summary>Declares VGG-16 of its authors (Caffe): 224 x 224, blue first, 0 to 255 minus 103.939, 116.779, 123.68.</summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">Such as <c>fc7</c> (4096 dimensions) or <c>pool5</c> (25088).</param>
    public static OnnxModel Vgg16(string path, string output = "fc7") => Caffe(path, "vgg16-caffe", 224, s_vggMean, output);

    /// <summary>
    /// Declares VGG-16 of torchvision: 224 x 224, red first, 0 to 1, mean 0.485, 0.456, 0.406, deviation 0.229, 0.224, 0.225.
    /// </summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">Any tensor; null for the first declared output.</param>
    public static OnnxModel Vgg16Torchvision(string path, string? output = null) => Torchvision(path, "vgg16-torchvision", output);

    /// <summary>Declares SqueezeNet 1.0 of its authors (Caffe): 227 x 227, blue first, 0 to 255 minus 104, 117, 123.</summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">Such as <c>features</c> (512 dimensions), where the file has it.</param>
    public static OnnxModel SqueezeNet(string path, string output = "features") =>
        Caffe(path, "squeezenet-caffe", 227, s_caffeMean, output);

    /// <summary>
    /// Declares SqueezeNet of torchvision: 224 x 224, red first, 0 to 1, mean 0.485, 0.456, 0.406, deviation 0.229, 0.224, 0.225.
    /// </summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">Any tensor; null for the first declared output.</param>
    public static OnnxModel SqueezeNetTorchvision(string path, string? output = null) =>
        Torchvision(path, "squeezenet-torchvision", output);

    /// <summary>
    /// Declares ResNet-18 of the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18, which ImageRec.ResNet18 brings along: 224 x 224,
    /// blue first, 0 to 255 minus 103.06, 115.90, 123.15. The last convolution is averaged over each quarter of the image (2048
    /// dimensions); every other tensor is taken as it is.
    /// </summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">
    /// Such as <c>ReLU393_Output_0</c>, the last convolution, or <c>Pooling395_Output_0</c>, the last pooling (512 dimensions).
    /// </param>
    public static OnnxModel ResNet18(string path, string output = "ReLU393_Output_0")
    {
        var model = Caffe(path, "resnet18", 224, new RgbValues(123.15f, 115.90f, 103.06f), output);
        model.Pooling = output == "ReLU393_Output_0" ? RowPooling.Quarters : RowPooling.Flatten;
        return model;
    }

    /// <summary>
    /// Declares ResNet-50 of torchvision: 224 x 224, red first, 0 to 1, mean 0.485, 0.456, 0.406, deviation 0.229, 0.224, 0.225.
    /// </summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">Any tensor, such as that of the last pooling (2048 dimensions); null for the first declared output.</param>
    public static OnnxModel ResNet50(string path, string? output = null) => Torchvision(path, "resnet50", output);

    /// <summary>
    /// Declares MobileNet v2 of torchvision: 224 x 224, red first, 0 to 1, mean 0.485, 0.456, 0.406, deviation 0.229, 0.224, 0.225.
    /// </summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="output">Any tensor, such as that of the last pooling (1280 dimensions); null for the first declared output.</param>
    public static OnnxModel MobileNetV2(string path, string? output = null) => Torchvision(path, "mobilenetv2", output);

    /// <summary>Declares the image encoder of CLIP ViT-B/32: 224 x 224, red first, 0 to 1, CLIP's own mean and deviation.</summary>
    /// <param name="path">Path of the ONNX file of the image encoder alone.</param>
    /// <param name="output">The embedding (512 dimensions).</param>
    public static OnnxModel ClipVitB32(string path, string output = "image_embeds") => new(path)
    {
        Name = "clip-vit-b32",
        Output = output,
        PixelRange = 1,
        Mean = s_clipMean,
        Std = s_clipStd,
        Fit = ImageFit.CenterCrop,
    };

    private static OnnxModel Caffe(string path, string name, int size, RgbValues mean, string output) => new(path)
    {
        Name = name,
        Output = output,
        Width = size,
        Height = size,
        Channels = ChannelOrder.Bgr,
        Mean = mean,
        Fit = ImageFit.CenterCrop,
    };

    private static OnnxModel Torchvision(string path, string name, string? output) => new(path)
    {
        Name = name,
        Output = output,
        PixelRange = 1,
        Mean = s_torchMean,
        Std = s_torchStd,
        Fit = ImageFit.CenterCrop,
    };
}
