using ImageRec.Images;

namespace ImageRec.Tests.Images;

/// <summary>A decoded picture: colors of 0 to 255 by column and row.</summary>
internal sealed class DecodedPicture(float[] tensor, int width)
{
    public static DecodedPicture Of(byte[] encoded, int width, int height, ImageFit fit = ImageFit.Stretch, ImageLimits? limits = null)
    {
        var format = new TensorFormat(width, height, fit, BlueFirst: false, Interleaved: true, RgbValues.All(1), default);
        var tensor = Enumerable.Repeat(float.NaN, format.Length).ToArray();
        ImageDecoder.Decode(encoded, "picture", limits ?? ImageLimits.Default, format, tensor);
        return new(tensor, width);
    }

    public RgbValues this[int x, int y] =>
        new(tensor[(y * width + x) * 3], tensor[(y * width + x) * 3 + 1], tensor[(y * width + x) * 3 + 2]);

    public IReadOnlyList<float> Values => tensor;

    /// <summary>Checks one pixel.</summary>
    public void AssertColor(int x, int y, int red, int green, int blue, float tolerance = 1)
    {
        var color = this[x, y];
        var far = Math.Max(Math.Abs(color.Red - red), Math.Max(Math.Abs(color.Green - green), Math.Abs(color.Blue - blue)));
        Assert.True(far <= tolerance, $"Pixel {x},{y} is {color}, expected {red}, {green}, {blue}.");
    }

    /// <summary>Checks every pixel.</summary>
    public void AssertUniform(int red, int green, int blue, float tolerance = 1)
    {
        for (var at = 0; at < tensor.Length / 3; at++)
            AssertColor(at % width, at / width, red, green, blue, tolerance);
    }
}
