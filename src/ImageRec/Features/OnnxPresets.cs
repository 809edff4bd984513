namespace ImageRec;

/// <summary>Well-known networks by name, for command lines and settings files.</summary>
public static class OnnxPresets
{
    private static readonly Dictionary<string, Func<string, string?, OnnxModel>> s_presets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["alexnet-bvlc"] = (path, output) => OnnxModel.AlexNet(path, output ?? "pool5"),
        ["alexnet-torchvision"] = OnnxModel.AlexNetTorchvision,
        ["vgg16-caffe"] = (path, output) => OnnxModel.Vgg16(path, output ?? "fc7"),
        ["vgg16-torchvision"] = OnnxModel.Vgg16Torchvision,
        ["squeezenet-caffe"] = (path, output) => OnnxModel.SqueezeNet(path, output ?? "features"),
        ["squeezenet-torchvision"] = OnnxModel.SqueezeNetTorchvision,
        ["resnet50"] = OnnxModel.ResNet50,
        ["mobilenetv2"] = OnnxModel.MobileNetV2,
        ["clip-vit-b32"] = (path, output) => OnnxModel.ClipVitB32(path, output ?? "image_embeds"),
        ["plain"] = (path, output) => OnnxModel.FromFile(path) with { Output = output },
    };

    /// <summary>The names <see cref="Find"/> knows, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_presets.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A network in a file, with the settings known under a name.</summary>
    /// <param name="name">One of <see cref="Names"/>; case does not matter. <c>plain</c> is 224 x 224, red first, 0 to 255, no mean.</param>
    /// <param name="path">The ONNX file.</param>
    /// <param name="output">The tensor that becomes the row; null for the preset's own.</param>
    /// <exception cref="ArgumentException">There is no such name; the message lists those there are.</exception>
    public static OnnxModel Find(string name, string path, string? output = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return s_presets.TryGetValue(name, out var make)
            ? make(path, output)
            : throw new ArgumentException($"There is no preset '{name}'. There are: {string.Join(", ", Names)}.", nameof(name));
    }
}
