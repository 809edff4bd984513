using ImageRec.Features;
using ImageRec.Images;

namespace ImageRec;

/// <summary>Declares a network that looks at images: where it is, how its input is prepared, what to take from it.</summary>
/// <remarks>
/// A color of 0 to 255 enters the network as (color / 255 x <see cref="PixelRange"/> - <see cref="Mean"/>) / <see cref="Std"/>. The input
/// may be Float, Double, Float16 or UInt8 (whole colors, 0 to 255), of three channels or of one, which gets the luminance 0.299 red + 0.587
/// green + 0.114 blue; the output may be Float, Double or Float16. Weights in files beside the ONNX file (external data) are read from
/// there. Builders and extractors copy the declaration: later changes do not reach them.
/// </remarks>
/// <example>
/// <code>
/// var model = new OnnxModel("encoder.onnx") { Width = 256, Height = 256, PixelRange = 1, Output = "embedding" };
/// using var extractor = model.CreateExtractor();
/// var embedding = new float[extractor.Dimensions];
/// await extractor.ExtractAsync([ImageSource.FromFile("photo.jpg")], embedding);
/// </code>
/// </example>
public sealed partial class OnnxModel
{
    private RgbValues _background = Backdrop.White;
    private bool _trimMargins;

    /// <summary>
    /// Declares a network in a file, read when it is first needed. 224 x 224, red first, 0 to 255, no mean: set what differs.
    /// </summary>
    /// <param name="path">Path of the ONNX file; a relative path is resolved now, against the current directory.</param>
    public OnnxModel(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (Name, Weights) = (Path.GetFileNameWithoutExtension(path), OnnxWeights.FromFile(path));
    }

    /// <summary>Declares a network in memory. 224 x 224, red first, 0 to 255, no mean: set what differs.</summary>
    /// <param name="onnx">The bytes of the file; not copied, so leave them unchanged.</param>
    /// <param name="name">Short printable name.</param>
    public OnnxModel(ReadOnlyMemory<byte> onnx, string name = "onnx") : this(OnnxWeights.FromBytes(onnx, name), name)
    {
    }

    private OnnxModel(OnnxWeights weights, string name) => (Name, Weights) = (name, weights);

    /// <summary>Gets or sets the short printable name, such as <c>alexnet-bvlc</c>; the file's name unless set.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets the name of the input tensor; null when the network has one.</summary>
    public string? Input { get; set; }

    /// <summary>
    /// Gets or sets the tensor that becomes the embedding, any inner one too, such as <c>pool5</c>; null for the first declared output.
    /// </summary>
    public string? Output { get; set; }

    /// <summary>Gets or sets the columns of the input; 224 unless set.</summary>
    public int Width { get; set; } = 224;

    /// <summary>Gets or sets the rows of the input; 224 unless set.</summary>
    public int Height { get; set; } = 224;

    /// <summary>Gets or sets which color comes first; red unless set.</summary>
    public ChannelOrder Channels { get; set; }

    /// <summary>
    /// Gets or sets whether the channels of the input come last: N x rows x columns x channels; by default N x channels x rows x columns.
    /// </summary>
    public bool ChannelsLast { get; set; }

    /// <summary>
    /// Gets or sets what full brightness is before the mean is subtracted: 255 unless set, 1 for networks that take 0 to 1.
    /// </summary>
    public float PixelRange { get; set; } = 255;

    /// <summary>Gets or sets what is subtracted from each color, in units of <see cref="PixelRange"/>; 0 unless set.</summary>
    public RgbValues Mean { get; set; }

    /// <summary>Gets or sets what each color is divided by after the mean is subtracted; 1 unless set.</summary>
    public RgbValues Std { get; set; } = RgbValues.All(1);

    /// <summary>Gets or sets how images of another shape are fitted; stretched unless set, the presets take the center.</summary>
    public ImageFit Fit { get; set; }

    /// <summary>
    /// Gets or sets what transparent parts of images are composited on, and margins are filled with, 0 to 255 each; white unless set. An
    /// image of which nothing would stand out, such as white art, is composited on middle gray instead, or on white where this is near
    /// gray.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A color is not from 0 to 255.</exception>
    public RgbValues Background
    {
        get => _background;
        set
        {
            foreach (var color in (ReadOnlySpan<float>)[value.Red, value.Green, value.Blue])
            {
                if (!(color is >= 0 and <= 255))
                    throw new ArgumentOutOfRangeException(nameof(value), value.Text, "A background has colors from 0 to 255.");
            }
            _background = value;
        }
    }

    /// <summary>
    /// Gets or sets whether margins of one color around what an image shows are left out, of items and queries alike: white, gray or
    /// transparent, with the noise of JPEG and with soft shadows. On for <see cref="Compact"/>, else off unless set. A catalog file says
    /// whether it was on, and rows with and without never meet in one file: one that was built before stays as it is unless this is set.
    /// </summary>
    public bool TrimMargins
    {
        get => _trimMargins;
        set => (_trimMargins, TrimsUnlessSet) = (value, false);
    }

    /// <summary>Whether margins are left out because nobody has said otherwise.</summary>
    internal bool TrimsUnlessSet { get; private set; }

    /// <summary>Gets or sets how the output tensor becomes an embedding; flattened unless set.</summary>
    public RowPooling Pooling { get; set; }

    internal OnnxWeights Weights { get; }

    /// <summary>Whether this is the network inside the package.</summary>
    internal bool IsInside => CompactNetwork.IsPresent && ReferenceEquals(Weights, CompactNetwork.Weights);

    internal TensorLayout Layout => ChannelsLast ? TensorLayout.Nhwc : TensorLayout.Nchw;

    /// <summary>How decoding lays out an image for this network.</summary>
    internal TensorFormat Format
    {
        get
        {
            var range = PixelRange / 255;
            return new(
                Width, Height, Fit, Channels == ChannelOrder.Bgr, ChannelsLast,
                new(range / Std.Red, range / Std.Green, range / Std.Blue),
                new(-Mean.Red / Std.Red, -Mean.Green / Std.Green, -Mean.Blue / Std.Blue))
            {
                Background = Background,
                TrimMargins = TrimMargins,
            };
        }
    }

    /// <summary>Loads the network and runs it once, for embeddings without an engine.</summary>
    /// <param name="configure">Changes how the network uses the machine; null leaves the defaults.</param>
    /// <returns>The extractor; dispose it after the last use.</returns>
    /// <exception cref="OnnxModelException">The network cannot be used as declared; the message lists what it has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public IFeatureExtractor CreateExtractor(Action<OnnxOptions>? configure = null) =>
        new OnnxFeatureExtractor(this, OnnxOptions.From(configure));

    internal OnnxModel Copy() => (OnnxModel)MemberwiseClone();

    /// <summary>Writes the settings without the network's bytes.</summary>
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
        Background = Background.IsSameAs(Backdrop.White) ? null : Background,
        TrimMargins = TrimMargins ? true : null,
    }.ToJson();

    /// <summary>Puts together what <see cref="ToJson"/> wrote and the bytes of <see cref="OnnxNetwork.Bytes"/>.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is not what <see cref="ToJson"/> writes.</exception>
    internal static OnnxModel FromJson(string json, ReadOnlyMemory<byte> onnx)
    {
        var settings = OnnxModelSettings.FromJson(json);
        return new(onnx, settings.Name)
        {
            Input = settings.Input,
            Output = settings.Output,
            Width = settings.Width,
            Height = settings.Height,
            Channels = settings.Channels,
            ChannelsLast = settings.Layout == TensorLayout.Nhwc,
            PixelRange = settings.PixelRange,
            Mean = settings.Mean,
            Std = settings.Std,
            Fit = settings.Fit,
            Pooling = settings.Pooling,
            Background = settings.Background ?? Backdrop.White,
            TrimMargins = settings.TrimMargins ?? false,
        };
    }

    /// <summary>Checks what no network can use, before anything is read.</summary>
    /// <exception cref="OnnxModelException">A size, mean, deviation or range is out of its range.</exception>
    internal void Validate()
    {
        if (Width is < 1 or > ImageDecoder.MaxSide || Height is < 1 or > ImageDecoder.MaxSide)
        {
            throw new OnnxModelException($"{Name} is declared {Width} wide and {Height} high; both go from 1 to {ImageDecoder.MaxSide}.");
        }
        if (!float.IsFinite(PixelRange) || PixelRange == 0)
        {
            throw new OnnxModelException(
                $"{nameof(PixelRange)} of {Name} is {PixelRange}; it is 255 or 1 for nearly all networks, and never 0.");
        }
        if (!AreFinite(Mean) || !AreFinite(Std) || Std.Red == 0 || Std.Green == 0 || Std.Blue == 0)
        {
            throw new OnnxModelException(
                $"{nameof(Mean)} of {Name} is {Mean.Text} and {nameof(Std)} is {Std.Text}; all must be finite, "
                + "and colors are divided by the second, so none of it can be 0.");
        }

        static bool AreFinite(RgbValues values) =>
            float.IsFinite(values.Red) && float.IsFinite(values.Green) && float.IsFinite(values.Blue);
    }
}
