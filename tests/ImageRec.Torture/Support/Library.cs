using ImageRec.Images;

namespace ImageRec.Torture;

/// <summary>What the machines use of the library's internals.</summary>
internal static class Library
{
    private const int Side = 16;
    private static readonly TensorFormat s_small =
        new(Side, Side, ImageFit.Stretch, BlueFirst: false, Interleaved: false, RgbValues.All(1), RgbValues.All(0));

    /// <summary>Numbers that <see cref="Decode"/> writes.</summary>
    public static int DecodedLength => s_small.Length;

    /// <summary>Decodes a picture to 16 x 16 colors, 0 to 255, under the default limits.</summary>
    public static void Decode(byte[] encoded, float[] tensor) =>
        ImageDecoder.Decode(encoded, "fuzzed", ImageLimits.Default, s_small, tensor);
}
