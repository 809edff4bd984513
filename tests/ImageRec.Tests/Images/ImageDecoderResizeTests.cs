using SkiaSharp;

namespace ImageRec.Tests.Images;

public sealed class ImageDecoderResizeTests
{
    [Theory]
    [InlineData(512, 64)]
    [InlineData(500, 227)]
    [InlineData(1000, 224)]
    public void Decode_PatternTooFineForTheTarget_AveragesOut(int size, int target)
    {
        var checkers = PictureFiles.Encode(
            SKEncodedImageFormat.Png, size, size, (x, y) => (x + y) % 2 == 0 ? SKColors.Black : SKColors.White);

        DecodedPicture.Of(checkers, target, target).AssertUniform(128, 128, 128, tolerance: 12);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Decode_ZonePlate_ShowsNoFalseRings(SKEncodedImageFormat format)
    {
        // Rings that get finer outwards; beyond 1/8 of the width from the center they are more than twice too fine for 64 pixels.
        const int Size = 1024, Target = 64;
        var plate = PictureFiles.Encode(format, Size, Size, (x, y) =>
        {
            var (dx, dy) = (x - (Size / 2), y - (Size / 2));
            var level = (byte)(127.5 + (127 * Math.Cos(Math.PI * ((dx * dx) + (dy * dy)) / (2.5 * Size))));
            return new(level, level, level);
        });

        var picture = DecodedPicture.Of(plate, Target, Target);

        for (var y = 0; y < Target; y++)
        {
            for (var x = 0; x < Target; x++)
            {
                var distance = Math.Max(Math.Abs(x - (Target / 2)), Math.Abs(y - (Target / 2)));
                if (distance is > 20 and < 31)
                    picture.AssertColor(x, y, 127, 127, 127, tolerance: 20);
            }
        }
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(227, 227)]
    [InlineData(640, 481)]
    [InlineData(1, 5000)]
    [InlineData(5000, 1)]
    public void Decode_AnySize_KeepsAUniformColor(int width, int height)
    {
        var picture = PictureFiles.Encode(SKEncodedImageFormat.Png, width, height, (_, _) => new(180, 90, 45));

        DecodedPicture.Of(picture, 227, 227).AssertUniform(180, 90, 45, tolerance: 0.01f);
    }

    [Fact]
    public void Decode_SizeOfTheTarget_ChangesNoPixel()
    {
        var picture = DecodedPicture.Of(
            PictureFiles.Encode(SKEncodedImageFormat.Png, 31, 17, (x, y) => new((byte)(x * 8), (byte)(y * 15), (byte)(x * y))), 31, 17);

        for (var y = 0; y < 17; y++)
        {
            for (var x = 0; x < 31; x++)
                picture.AssertColor(x, y, x * 8, y * 15, (byte)(x * y), tolerance: 0);
        }
    }

    [Fact]
    public void Decode_MirroredPicture_GivesTheMirroredPixels()
    {
        static SKColor Color(int x, int y) => new((byte)(x * 5), (byte)(y * 7), (byte)((x * 31 + y * 17) % 256));
        var plain = DecodedPicture.Of(PictureFiles.Encode(SKEncodedImageFormat.Png, 50, 33, Color), 13, 12);
        var mirrored = DecodedPicture.Of(PictureFiles.Encode(SKEncodedImageFormat.Png, 50, 33, (x, y) => Color(49 - x, y)), 13, 12);

        for (var y = 0; y < 12; y++)
        {
            for (var x = 0; x < 13; x++)
                Assert.Equal(plain[x, y].Blue, mirrored[12 - x, y].Blue, 0.01f);
        }
    }

    [Fact]
    public void Decode_HalfTheSize_WeighsByDistance()
    {
        // Two to one, a triangle of radius 2: 1/8, 3/8, 3/8, 1/8 inside; cut off and made up to 1 at the edge.
        byte[] line = [0, 80, 0, 160, 0, 0, 0, 0];
        var picture = DecodedPicture.Of(PictureFiles.Png(8, 1, 8, 0, [0, .. line]), 4, 1);

        Assert.Equal(80 * 3 / 7f, picture[0, 0].Red, 0.01f);
        Assert.Equal((80 / 8f) + (160 * 3 / 8f), picture[1, 0].Red, 0.01f);
        Assert.Equal(160 / 8f, picture[2, 0].Red, 0.01f);
        Assert.Equal(0, picture[3, 0].Red, 0.01f);
    }

    [Fact]
    public void Decode_Stretch_KeepsTheWholePicture()
    {
        var picture = DecodedPicture.Of(Flag, 30, 30);

        picture.AssertColor(2, 15, 255, 0, 0);
        picture.AssertColor(15, 15, 0, 255, 0);
        picture.AssertColor(27, 15, 0, 0, 255);
    }

    [Fact]
    public void Decode_CenterCrop_KeepsTheCenter()
    {
        var picture = DecodedPicture.Of(Flag, 28, 28, ImageFit.CenterCrop);

        for (var at = 1; at < 27; at++)
        {
            picture.AssertColor(at, 0, 0, 255, 0);
            picture.AssertColor(at, 27, 0, 255, 0);
        }
    }

    [Fact]
    public void Decode_Pad_KeepsProportionsOnWhite()
    {
        var picture = DecodedPicture.Of(Flag, 30, 30, ImageFit.Pad);

        picture.AssertColor(15, 5, 255, 255, 255);
        picture.AssertColor(15, 25, 255, 255, 255);
        picture.AssertColor(2, 15, 255, 0, 0);
        picture.AssertColor(15, 11, 0, 255, 0);
        picture.AssertColor(27, 15, 0, 0, 255);
    }

    /// <summary>90 x 30: a red, a green and a blue square.</summary>
    private static byte[] Flag { get; } =
        PictureFiles.Encode(SKEncodedImageFormat.Png, 90, 30,
            (x, _) => (x / 30) switch { 0 => new(255, 0, 0), 1 => new(0, 255, 0), _ => new(0, 0, 255) });
}
