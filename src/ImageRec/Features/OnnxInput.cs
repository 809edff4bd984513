using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ImageRec.Features;

/// <summary>Describes the input of a network that takes the images, checked against what the model declares.</summary>
/// <param name="Name">Of the tensor.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Batch">The only number of images that a batch may have; null when it may have any.</param>
/// <param name="HasBatch">Whether the first dimension counts images; a network without takes one at a time.</param>
/// <param name="Channels">3, or 1 for the luminance.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Layout">Order of the dimensions.</param>
internal sealed record OnnxInput(
    string Name, TensorElementType Type, int? Batch, bool HasBatch, int Channels, int Height, int Width, TensorLayout Layout)
{
    private const int MostBytes = 1 << 30;

    // Where a network leaves it open, colors are tried first.
    private static readonly int[] s_channels = [3, 1];

    /// <summary>Elements of one image.</summary>
    public int Length => checked(Channels * Height * Width);

    /// <summary>What fingerprints say of inputs that are not three channels of Single; empty for those that are.</summary>
    public string Conversion => Type == TensorElementType.Float && Channels == 3 ? "" : $" {Type} x {Channels}";

    /// <summary>Returns the shape of the tensor for a number of images.</summary>
    public long[] Shape(int images)
    {
        long[] image = Layout == TensorLayout.Nchw ? [Channels, Height, Width] : [Height, Width, Channels];
        return HasBatch ? [images, .. image] : image;
    }

    /// <summary>Finds the inputs that a network may mean, the most likely one first: the number of channels may be left open.</summary>
    /// <exception cref="OnnxModelException">There is no input for images as declared; the message lists those there are.</exception>
    public static IReadOnlyList<OnnxInput> Find(IReadOnlyDictionary<string, NodeMetadata> inputs, OnnxModel model, string output)
    {
        if (inputs.Count == 0)
            throw new OnnxModelException($"{model.Name} has no input that leads to '{output}'.");
        var name = model.Input ?? OnlyOne(inputs, model, output);
        if (!inputs.TryGetValue(name, out var tensor))
            throw new OnnxModelException($"{model.Name} has no input '{name}'. It has: {List(inputs)}.");
        var found = Candidates(name, tensor, model);
        if (found.Count == 0)
            throw new OnnxModelException(Mismatch(inputs, tensor, model));
        RequireRoom(found[0], model);
        if (found[0].Type == TensorElementType.UInt8 && !IsPlain(model))
        {
            throw new OnnxModelException(
                $"'{name}' of {model.Name} is UInt8, whole colors of 0 to 255: such a network subtracts the mean by itself. "
                + $"Leave {nameof(OnnxModel.PixelRange)} at 255, {nameof(OnnxModel.Mean)} at 0 and {nameof(OnnxModel.Std)} at 1.");
        }
        return found;
    }

    /// <summary>Lists names and shapes of the inputs.</summary>
    public static string List(IReadOnlyDictionary<string, NodeMetadata> inputs) =>
        string.Join(", ", inputs.Take(20).Select(input => $"'{Excerpt.Of(input.Key)}' {Describe(input.Value)}"));

    private static void RequireRoom(OnnxInput input, OnnxModel model)
    {
        var batch = input.Batch ?? 1;
        if ((long)batch * input.Length * TensorBuffer.SizeOf(input.Type) > MostBytes)
        {
            throw new OnnxModelException(
                $"'{input.Name}' of {model.Name} takes {batch:N0} images of {input.Width} x {input.Height} per batch, "
                + $"which is over {MostBytes:N0} bytes. "
                + "Save the network with a free or smaller first dimension.");
        }
    }

    private static bool IsPlain(OnnxModel model) =>
        model.PixelRange == 255 && model.Mean.IsSameAs(default) && model.Std.IsSameAs(RgbValues.All(1));

    /// <summary>Finds the input that could take images, when only one could.</summary>
    private static string OnlyOne(IReadOnlyDictionary<string, NodeMetadata> inputs, OnnxModel model, string output)
    {
        if (inputs.Count == 1)
            return inputs.Keys.First();
        var fitting = inputs.Where(input => Candidates(input.Key, input.Value, model).Count > 0).ToList();
        return fitting.Count == 1 && fitting[0].Value.Dimensions.Length > 0
            ? fitting[0].Key
            : throw new OnnxModelException(
                $"{model.Name} has {inputs.Count} inputs: {List(inputs)}. "
                + $"Set {nameof(OnnxModel.Input)} to the one that takes images; the others must not be needed for '{output}'.");
    }

    private static List<OnnxInput> Candidates(string name, NodeMetadata tensor, OnnxModel model)
    {
        if (tensor.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR || TensorBuffer.SizeOf(tensor.ElementDataType) == 0)
            return [];
        var has = tensor.Dimensions;
        if (has.Length is not (0 or 3 or 4))
            return [];
        var hasBatch = has.Length != 3;
        var image = has.Length == 0 ? [-1, -1, -1] : has[^3..];
        var batch = !hasBatch ? 1 : has.Length == 4 && has[0] > 0 ? has[0] : (int?)null;
        return [.. s_channels.Where(channels => Fits(image, Shape(channels, model))).Select(channels =>
            new OnnxInput(name, tensor.ElementDataType, batch, hasBatch, channels, model.Height, model.Width, model.Layout))];
    }

    private static int[] Shape(int channels, OnnxModel model) =>
        model.Layout == TensorLayout.Nchw ? [channels, model.Height, model.Width] : [model.Height, model.Width, channels];

    private static bool Fits(int[] has, int[] wanted) => has.Zip(wanted, (a, b) => a <= 0 || a == b).All(fits => fits);

    private static string Mismatch(IReadOnlyDictionary<string, NodeMetadata> inputs, NodeMetadata tensor, OnnxModel model)
    {
        var takes = $"{model.Name} takes {List(inputs)}; ";
        if (tensor.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR)
            return $"{takes}images go into a tensor. Choose another network, or another {nameof(OnnxModel.Input)}.";
        if (TensorBuffer.SizeOf(tensor.ElementDataType) == 0)
            return $"{takes}images go in as {TensorBuffer.InputTypes}. Save the network with one of these as its input.";
        var channels = tensor.Dimensions.Length < 3 ? 0 : tensor.Dimensions[model.Layout == TensorLayout.Nchw ? ^3 : ^1];
        var wanted = Shape(channels == 1 ? 1 : 3, model);
        var declared = $"declared is {tensor.ElementDataType} [N,{string.Join(',', wanted)}] "
            + $"({model.Layout}, {model.Width} wide, {model.Height} high). ";
        if (channels is 2 or (> 3 and < 8))
        {
            return $"{takes}{declared}Images have 3 channels (red, green, blue), or 1 (luminance), not {channels}. "
                + "Save the network with one of these.";
        }
        return $"{takes}{declared}"
            + $"Set {nameof(OnnxModel.Width)}, {nameof(OnnxModel.Height)} and {nameof(OnnxModel.ChannelsLast)} to what the network takes.";
    }

    private static string Describe(NodeMetadata tensor) => tensor.OnnxValueType == OnnxValueType.ONNX_TYPE_TENSOR
        ? $"{tensor.ElementDataType} [{string.Join(',', tensor.Dimensions.Select(size => size <= 0 ? "N" : $"{size}"))}]"
        : $"{tensor.OnnxValueType}";
}
