namespace ImageRec.Tests.Features;

/// <summary>
/// The layers of a published network with random weights, in full width or narrow: kernels, strides, groups, normalizations and poolings
/// are the published ones either way.
/// </summary>
/// <remarks>
/// AlexNet: Krizhevsky et al. 2012, as in Caffe's bvlc_alexnet/deploy.prototxt; torchvision's: Krizhevsky 2014 (arXiv:1404.5997). VGG-16:
/// Simonyan and Zisserman 2015, configuration D.
/// </remarks>
internal sealed class PublishedNetwork
{
    private const int Classes = 1000;

    private readonly float _lastSpread;

    private PublishedNetwork(string input, int side, float lastSpread, params NetworkLayer[] layers) =>
        (Input, Side, _lastSpread, Layers) = (input, side, lastSpread, layers);

    /// <summary>Name of the input.</summary>
    public string Input { get; }

    /// <summary>Columns and rows of the input.</summary>
    public int Side { get; }

    public IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>Whether the file is for one image and reshapes by numbers, as files converted from Caffe do.</summary>
    public bool IsForOneImage { get; private init; }

    /// <summary>Parameters of the network.</summary>
    public long Parameters => Shapes().Sum(layer => layer.HasWeights ? (layer.Fan + 1L) * layer.Units : 0);

    /// <param name="narrow">What the channels and units, but for the classes, are divided by; 1 for the published network.</param>
    public static PublishedNetwork AlexNet(int narrow = 1) => new(
        "data",
        227,
        0.02f,
        new(LayerKind.Convolution, "conv1", 96 / narrow, 11, 4),
        new(LayerKind.Normalization, "norm1"),
        new(LayerKind.Pooling, "pool1", 0, 3, 2),
        new(LayerKind.Convolution, "conv2", 256 / narrow, 5, 1, 2, 2),
        new(LayerKind.Normalization, "norm2"),
        new(LayerKind.Pooling, "pool2", 0, 3, 2),
        new(LayerKind.Convolution, "conv3", 384 / narrow, 3, 1, 1),
        new(LayerKind.Convolution, "conv4", 384 / narrow, 3, 1, 1, 2),
        new(LayerKind.Convolution, "conv5", 256 / narrow, 3, 1, 1, 2),
        new(LayerKind.Pooling, "pool5", 0, 3, 2),
        new(LayerKind.Connected, "fc6", 4096 / narrow),
        new(LayerKind.Connected, "fc7", 4096 / narrow),
        new(LayerKind.Scores, "fc8", Classes),
        new(LayerKind.Softmax, "prob"))
    {
        IsForOneImage = true,
    };

    /// <inheritdoc cref="AlexNet" />
    public static PublishedNetwork AlexNetTorchvision(int narrow = 1) => new(
        "input",
        224,
        1,
        new(LayerKind.Convolution, "conv1", 64 / narrow, 11, 4, 2),
        new(LayerKind.Pooling, "pool1", 0, 3, 2),
        new(LayerKind.Convolution, "conv2", 192 / narrow, 5, 1, 2),
        new(LayerKind.Pooling, "pool2", 0, 3, 2),
        new(LayerKind.Convolution, "conv3", 384 / narrow, 3, 1, 1),
        new(LayerKind.Convolution, "conv4", 256 / narrow, 3, 1, 1),
        new(LayerKind.Convolution, "conv5", 256 / narrow, 3, 1, 1),
        new(LayerKind.Pooling, "pool5", 0, 3, 2),
        new(LayerKind.Connected, "fc6", 4096 / narrow),
        new(LayerKind.Connected, "fc7", 4096 / narrow),
        new(LayerKind.Scores, "fc8", Classes));

    /// <summary>VGG-16 of its authors, which ends in probabilities.</summary>
    /// <inheritdoc cref="AlexNet" />
    public static PublishedNetwork Vgg16(int narrow = 1) =>
        new("data", 224, 0.02f, [.. VggLayers(narrow), new(LayerKind.Softmax, "prob")]);

    /// <inheritdoc cref="AlexNet" />
    public static PublishedNetwork Vgg16Torchvision(int narrow = 1) => new("input", 224, 1, [.. VggLayers(narrow)]);

    /// <summary>Leaves layers out; the others keep their weights.</summary>
    public PublishedNetwork Without(LayerKind kind) => new(Input, Side, _lastSpread, [.. Layers.Where(layer => layer.Kind != kind)]);

    /// <summary>Lists the layers with the sizes of what they see and compute.</summary>
    public IEnumerable<LayerShape> Shapes()
    {
        var (channels, side) = (3, Side);
        var seed = 0;
        foreach (var layer in Layers)
        {
            var shape = new LayerShape(
                layer, channels, side, layer.HasWeights ? ++seed : 0, layer.Kind == LayerKind.Scores ? _lastSpread : 1);
            yield return shape;
            (channels, side) = (shape.Units, shape.OutputSide);
        }
    }

    /// <summary>Describes the ONNX file.</summary>
    /// <param name="outputs">Tensors that the file declares as outputs; the last layer alone when there are none.</param>
    public TinyOnnx ToOnnx(params string[] outputs)
    {
        var batch = IsForOneImage ? 1 : 0;
        var onnx = new TinyOnnx().Input(Input, batch, 3, Side, Side);
        var last = Input;
        foreach (var shape in Shapes())
        {
            Add(onnx, shape, last);
            last = shape.Layer.Name;
            if (outputs.Contains(last) || (outputs.Length == 0 && shape.Layer == Layers[^1]))
                onnx.Output(last, shape.IsFlat ? [batch, shape.Units] : [batch, shape.Units, shape.OutputSide, shape.OutputSide]);
        }
        return onnx;
    }

    private static IEnumerable<NetworkLayer> VggLayers(int narrow)
    {
        foreach (var (block, channels, convolutions) in new[] { (1, 64, 2), (2, 128, 2), (3, 256, 3), (4, 512, 3), (5, 512, 3) })
        {
            for (var i = 1; i <= convolutions; i++)
                yield return new(LayerKind.Convolution, $"conv{block}_{i}", channels / narrow, 3, 1, 1);
            yield return new(LayerKind.Pooling, $"pool{block}", 0, 2, 2);
        }
        yield return new(LayerKind.Connected, "fc6", 4096 / narrow);
        yield return new(LayerKind.Connected, "fc7", 4096 / narrow);
        yield return new(LayerKind.Scores, "fc8", Classes);
    }

    private void Add(TinyOnnx onnx, LayerShape shape, string input)
    {
        var layer = shape.Layer;
        var name = layer.Name;
        int[] window = [layer.Kernel, layer.Kernel];
        int[] strides = [layer.Stride, layer.Stride];
        if (layer.HasWeights)
        {
            int[] weights = layer.Kind == LayerKind.Convolution
                ? [layer.Units, shape.Channels / layer.Groups, layer.Kernel, layer.Kernel]
                : [layer.Units, shape.Fan];
            onnx.StreamedWeights($"{name}_w", weights, shape.Weights()).StreamedWeights($"{name}_b", [layer.Units], shape.Biases());
        }
        switch (layer.Kind)
        {
            case LayerKind.Convolution:
                onnx.Node("Conv", $"{name}_sum", [input, $"{name}_w", $"{name}_b"],
                    TinyOnnx.Ints("kernel_shape", window), TinyOnnx.Ints("strides", strides), TinyOnnx.Int("group", layer.Groups),
                    TinyOnnx.Ints("pads", layer.Padding, layer.Padding, layer.Padding, layer.Padding));
                onnx.Node("Relu", name, [$"{name}_sum"]);
                break;
            case LayerKind.Normalization:
                onnx.Node("LRN", name, [input], TinyOnnx.Int("size", LayerShape.Neighbors), TinyOnnx.Single("alpha", LayerShape.Alpha),
                    TinyOnnx.Single("beta", LayerShape.Beta), TinyOnnx.Single("bias", 1));
                break;
            case LayerKind.Pooling:
                onnx.Node("MaxPool", name, [input], TinyOnnx.Ints("kernel_shape", window), TinyOnnx.Ints("strides", strides));
                break;
            case LayerKind.Connected:
                onnx.Node("Gemm", $"{name}_sum", [Flat(onnx, shape, input), $"{name}_w", $"{name}_b"], TinyOnnx.Int("transB", 1));
                onnx.Node("Relu", name, [$"{name}_sum"]);
                break;
            case LayerKind.Scores:
                onnx.Node("Gemm", name, [Flat(onnx, shape, input), $"{name}_w", $"{name}_b"], TinyOnnx.Int("transB", 1));
                break;
            default:
                onnx.Node("Softmax", name, [input], TinyOnnx.Int("axis", 1));
                break;
        }
    }

    /// <summary>Flattens maps; what is flat passes a dropout, which does nothing when no one trains.</summary>
    private string Flat(TinyOnnx onnx, LayerShape shape, string input)
    {
        if (shape.Side == 1)
        {
            onnx.Node("Dropout", $"{input}_dropout", [input]);
            return $"{input}_dropout";
        }
        if (IsForOneImage)
            onnx.Integers($"{input}_shape", 1, shape.Fan).Node("Reshape", $"{input}_flat", [input, $"{input}_shape"]);
        else
            onnx.Node("Flatten", $"{input}_flat", [input], TinyOnnx.Int("axis", 1));
        return $"{input}_flat";
    }
}
