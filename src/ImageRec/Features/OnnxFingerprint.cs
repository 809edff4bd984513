using System.Globalization;
using System.IO.Hashing;
using System.Text;
using ImageRec.Images;

namespace ImageRec.Features;

/// <summary>
/// Makes the fingerprint of an ONNX extractor. Its text is written field by field, because a record's own text follows the culture of the
/// process and changes with every property.
/// </summary>
internal sealed class OnnxFingerprint
{
    // The number formats of all cultures of .NET 10 with ICU 76. Fingerprints were once written in that of the process;
    // these are still known.
    private static readonly NumberFormatInfo[] s_formerFormats =
    [
        Format(",", "-"), Format(",", "\u2212"), Format("\u066B", "\u061C-"), Format("\u066B", "\u200E-\u200E"),
        Format("\u066B", "\u200E\u2212"), Format("\u066B", "\u200F-"), Format(",", "\u200E-"),
        Format(".", "\u200E-"), Format(".", "\u2212"),
    ];

    private readonly OnnxNetwork _network;
    private readonly RowShape _shape;
    private readonly TensorFormat _format;
    private readonly string _start;
    private readonly string _networkHash;

    public OnnxFingerprint(string name, OnnxNetwork network, RowShape shape, TensorFormat format)
    {
        (_network, _shape, _format) = (network, shape, format);
        var fit = format.Fit.ToString().ToLowerInvariant();
        _start = string.Create(CultureInfo.InvariantCulture, $"{name} {format.Width}x{format.Height} {fit}");
        _networkHash = Convert.ToHexStringLower(XxHash128.Hash(network.Bytes));
    }

    /// <summary>The fingerprint, the same under every culture.</summary>
    public string Text => Write(NumberFormatInfo.InvariantInfo);

    /// <summary>
    /// The fingerprints that earlier versions wrote for the same embeddings under cultures that write numbers in another way.
    /// </summary>
    public IReadOnlyList<string> FormerTexts => [.. s_formerFormats.Select(Write)];

    private string Write(NumberFormatInfo numbers)
    {
        var settings = string.Create(numbers, $"{_network.Input.Name} {_network.OutputName} {Shape()} {Preprocessing(numbers)} "
            + $"{ImageDecoder.Version}{_format.BackgroundName}{_format.MarginsName} {ResponseNormalization.Version} "
            + $"{_networkHash}{_network.Input.Conversion}");
        return $"{_start} {Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(settings)))}";
    }

    // The words are those of the records whose text was hashed at first: with another word, no file built before would open.
    private string Shape() => string.Create(
        CultureInfo.InvariantCulture,
        $"RowShape {{ Pooling = {_shape.Pooling}, Channels = {_shape.Channels}, Positions = {_shape.Positions}, "
        + $"ChannelsLast = {_shape.ChannelsLast}, Dimensions = {_shape.Dimensions} }}");

    private string Preprocessing(NumberFormatInfo numbers) => string.Create(
        numbers,
        $"TensorFormat {{ Width = {_format.Width}, Height = {_format.Height}, Fit = {_format.Fit}, BlueFirst = {_format.BlueFirst}, "
        + $"Interleaved = {_format.Interleaved}, Factor = {Colors(_format.Factor, numbers)}, Offset = {Colors(_format.Offset, numbers)}, "
        + $"Length = {_format.Width * _format.Height * 3} }}");

    private static string Colors(RgbValues values, NumberFormatInfo numbers) =>
        string.Create(numbers, $"RgbValues {{ Red = {values.Red}, Green = {values.Green}, Blue = {values.Blue} }}");

    private static NumberFormatInfo Format(string decimalSeparator, string negativeSign)
    {
        var format = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        (format.NumberDecimalSeparator, format.NegativeSign) = (decimalSeparator, negativeSign);
        return format;
    }
}
