using System.Text.Json;
using System.Text.Json.Serialization;
using ImageRec.Features;

namespace ImageRec;

/// <summary>Everything there is to know about a network that looks at pictures: where it is, how it wants its input, what to take from it.</summary>
/// <remarks>
/// Immutable; change it with <c>with</c>. A colour of 0 to 255 enters the network as (colour / 255 x <see cref="PixelRange"/> - <see cref="Mean"/>) / <see cref="Std"/>.
/// External data files (<c>.onnx_data</c>) are not supported: save the network as one file.
/// </remarks>
public sealed partial record OnnxModel
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    [JsonConstructor]
    internal OnnxModel()
    {
    }

    /// <summary>Short printable name, such as <c>alexnet-bvlc</c>; the file's name unless set.</summary>
    public string Name { get; init; } = "onnx";

    /// <summary>The input tensor; null when the network has one.</summary>
    public string? Input { get; init; }

    /// <summary>The tensor that becomes the row, any inner one too, such as <c>pool5</c>; null for the first declared output.</summary>
    public string? Output { get; init; }

    /// <summary>Columns of the input; 224 unless set.</summary>
    public int Width { get; init; } = 224;

    /// <summary>Rows of the input; 224 unless set.</summary>
    public int Height { get; init; } = 224;

    /// <summary>Which colour comes first; red unless set.</summary>
    public ChannelOrder Channels { get; init; }

    /// <summary>How pictures are laid out; channels before rows unless set.</summary>
    public TensorLayout Layout { get; init; }

    /// <summary>What full brightness is before the mean is taken off: 255 unless set, 1 for networks fed with 0 to 1.</summary>
    public float PixelRange { get; init; } = 255;

    /// <summary>Taken off each colour, in units of <see cref="PixelRange"/>; 0 unless set.</summary>
    public RgbValues Mean { get; init; }

    /// <summary>Each colour is divided by it after the mean is taken off; 1 unless set.</summary>
    public RgbValues Std { get; init; } = RgbValues.All(1);

    /// <summary>How pictures of another shape are fitted; stretched unless set, the presets take the centre.</summary>
    public ImageFit Fit { get; init; }

    /// <summary>
    /// What transparent parts of pictures are laid on, and margins are filled with, 0 to 255 each; white unless set. A picture of which nothing would stand out,
    /// such as white art, is laid on middle grey instead, or on white where this is near grey.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A color is not from 0 to 255.</exception>
    public RgbValues Background
    {
        get;
        init
        {
            foreach (var color in (ReadOnlySpan<float>)[value.Red, value.Green, value.Blue])
            {
                if (!(color is >= 0 and <= 255))
                    throw new ArgumentOutOfRangeException(nameof(value), value, "A background has colors from 0 to 255.");
            }
            field = value;
        }
    } = RgbValues.All(255);

    /// <summary>How the output tensor becomes a row; flattened unless set.</summary>
    public RowPooling Pooling { get; init; }

    internal OnnxWeights Weights { get; private init; } = OnnxWeights.None;

    /// <summary>A network in a file, read when it is first needed. 224 x 224, red first, 0 to 255, no mean: set what differs.</summary>
    /// <param name="path">Relative paths are resolved now, against the current directory.</param>
    public static OnnxModel FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new() { Name = Path.GetFileNameWithoutExtension(path), Weights = OnnxWeights.FromFile(path) };
    }

    /// <summary>A network in memory. 224 x 224, red first, 0 to 255, no mean: set what differs.</summary>
    /// <param name="onnx">The bytes of the file; not copied, so leave them unchanged.</param>
    /// <param name="name">Short printable name.</param>
    public static OnnxModel FromBytes(ReadOnlyMemory<byte> onnx, string name = "onnx") =>
        new() { Name = name, Weights = OnnxWeights.FromBytes(onnx, name) };

    /// <summary>The settings without the network's bytes.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Puts together what <see cref="ToJson"/> wrote and the bytes of <see cref="OnnxNetwork.Bytes"/>.</summary>
    internal static OnnxModel FromJson(string json, ReadOnlyMemory<byte> onnx)
    {
        var model = JsonSerializer.Deserialize<OnnxModel>(json, s_json) ?? throw new JsonException("The settings of the network are null.");
        return model with { Weights = OnnxWeights.FromBytes(onnx, model.Name) };
    }

    /// <summary>How decoding lays out a picture for this network.</summary>
    internal TensorFormat Format
    {
        get
        {
            var range = PixelRange / 255;
            return new(
                Width, Height, Fit, Channels == ChannelOrder.Bgr, Layout == TensorLayout.Nhwc,
                new(range / Std.Red, range / Std.Green, range / Std.Blue),
                new(-Mean.Red / Std.Red, -Mean.Green / Std.Green, -Mean.Blue / Std.Blue))
            {
                Background = Background,
            };
        }
    }
}
