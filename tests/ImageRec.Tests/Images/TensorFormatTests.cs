using ImageRec.Contracts;
using ImageRec.Images;

namespace ImageRec.Tests.Images;

public sealed class TensorFormatTests
{
    private static readonly byte[] s_picture =
        SamplePictures.Bmp(2, 1, (x, _) => x == 0 ? ((byte)10, (byte)20, (byte)30) : ((byte)40, (byte)50, (byte)60));

    [Theory]
    [InlineData(false, false, new float[] { 10, 40, 20, 50, 30, 60 })]
    [InlineData(true, false, new float[] { 30, 60, 20, 50, 10, 40 })]
    [InlineData(false, true, new float[] { 10, 20, 30, 40, 50, 60 })]
    [InlineData(true, true, new float[] { 30, 20, 10, 60, 50, 40 })]
    public void Decode_EachOrderAndLayout_PutsColorsInPlace(bool blueFirst, bool interleaved, float[] expected)
    {
        var tensor = new float[6];
        ImageDecoder.Decode(s_picture, "picture", ImageLimits.Default,
            new(2, 1, ImageFit.Stretch, blueFirst, interleaved, RgbValues.All(1), default), tensor);

        Assert.Equal(expected, tensor);
    }

    [Fact]
    public void Decode_FactorAndOffset_AreNamedByColorWhateverTheOrder()
    {
        var tensor = new float[6];
        ImageDecoder.Decode(s_picture, "picture", ImageLimits.Default,
            new(2, 1, ImageFit.Stretch, true, true, new(1, 2, 3), new(100, 200, 300)), tensor);

        Assert.Equal([390, 240, 110, 480, 300, 140], tensor);
    }
}
