using ImageRec.Features;
using ImageRec.Images;

namespace ImageRec;

/// <summary>Everything there is to know about a network that looks at pictures: where it is, how it wants its input, what to take from it.</summary>
/// <remarks>
/// Immutable; change it with <c>with</c>. A color of 0 to 255 enters the network as (color / 255 x <see cref="PixelRange"/> - <see cref="Mean"/>) / <see cref="Std"/>.
/// The input may be Float, Double, Float16 or UInt8 (whole colors, 0 to 255), of three channels or of one, which gets the luminance
/// 0.299 red + 0.587 green + 0.114 blue; the output may be Float, Double or Float16. Weights in files beside the ONNX file (external data) are read from there.
/// </remarks>
public sealed partial record OnnxModel
{
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

    /// <summary>Which color comes first; red unless set.</summary>
    public ChannelOrder Channels { get; init; }

    /// <summary>How pictures are laid out; channels before rows unless set.</summary>
    public TensorLayout Layout { get; init; }

    /// <summary>What full brightness is before the mean is taken off: 255 unless set, 1 for networks fed with 0 to 1.</summary>
    public float PixelRange { get; init; } = 255;

    /// <summary>Taken off each color, in units of <see cref="PixelRange"/>; 0 unless set.</summary>
    public RgbValues Mean { get; init; }

    /// <summary>Each color is divided by it after the mean is taken off; 1 unless set.</summary>
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
    internal string ToJson() => new OnnxModelSettings
    {
        Name = Name,
        Input = Input,
        Output = Output,
        Width = Width,
        Height = Height,
        Channels = Channels,
        Layout = Layout,
        PixelRange = PixelRange,
        Mean = Mean,
        Std = Std,
        Fit = Fit,
        Pooling = Pooling,
        Background = Background == Backdrop.White ? null : Background,
    }.ToJson();

    /// <summary>Puts together what <see cref="ToJson"/> wrote and the bytes of <see cref="OnnxNetwork.Bytes"/>.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is not what <see cref="ToJson"/> writes.</exception>
    internal static OnnxModel FromJson(string json, ReadOnlyMemory<byte> onnx)
    {
        var settings = OnnxModelSettings.FromJson(json);
        return new()
        {
            Name = settings.Name,
            Input = settings.Input,
            Output = settings.Output,
            Width = settings.Width,
            Height = settings.Height,
            Channels = settings.Channels,
            Layout = settings.Layout,
            PixelRange = settings.PixelRange,
            Mean = settings.Mean,
            Std = settings.Std,
            Fit = settings.Fit,
            Pooling = settings.Pooling,
            Background = settings.Background ?? Backdrop.White,
            Weights = OnnxWeights.FromBytes(onnx, settings.Name),
        };
    }

    /// <summary>Checks what no network can use, before anything is read.</summary>
    /// <exception cref="OnnxModelException">A size, mean, deviation or range is out of its range.</exception>
    internal void Validate()
    {
        if (Width is < 1 or > ImageDecoder.MaxSide || Height is < 1 or > ImageDecoder.MaxSide)
            throw new OnnxModelException($"{Name} is declared {Width} wide and {Height} high; {nameof(Width)} and {nameof(Height)} go from 1 to {ImageDecoder.MaxSide}.");
        if (!float.IsFinite(PixelRange) || PixelRange == 0)
            throw new OnnxModelException($"{nameof(PixelRange)} of {Name} is {PixelRange}; it is 255 or 1 for nearly all networks, and never 0.");
        if (!AreFinite(Mean) || !AreFinite(Std) || Std.Red == 0 || Std.Green == 0 || Std.Blue == 0)
            throw new OnnxModelException($"{nameof(Mean)} of {Name} is {Mean} and {nameof(Std)} is {Std}; all must be finite, and colors are divided by {nameof(Std)}, so none of it can be 0.");

        static bool AreFinite(RgbValues values) => float.IsFinite(values.Red) && float.IsFinite(values.Green) && float.IsFinite(values.Blue);
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
