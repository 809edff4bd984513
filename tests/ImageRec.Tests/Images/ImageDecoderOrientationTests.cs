using ImageRec.Images;
using SkiaSharp;

namespace ImageRec.Tests.Images;

public sealed class ImageDecoderOrientationTests
{
    private static readonly Dictionary<char, SKColor> s_colors = new()
    {
        ['r'] = new(250, 10, 10),
        ['g'] = new(10, 250, 10),
        ['b'] = new(10, 10, 250),
        ['w'] = new(250, 250, 250),
    };

    // Stored: red, green above blue, white. Upright as the EXIF specification draws them.
    [Theory]
    [InlineData(1, "rgbw")]
    [InlineData(2, "grwb")]
    [InlineData(3, "wbgr")]
    [InlineData(4, "bwrg")]
    [InlineData(5, "rbgw")]
    [InlineData(6, "brwg")]
    [InlineData(7, "wgbr")]
    [InlineData(8, "gwrb")]
    public void Decode_EachExifOrientation_StandsUpright(byte orientation, string upright)
    {
        var stored = PictureFiles.Encode(SKEncodedImageFormat.Jpeg, 96, 64, (x, y) => s_colors["rgbw"[(x / 48) + (y / 32 * 2)]]);

        var picture = DecodedPicture.Of(PictureFiles.WithOrientation(stored, orientation), 20, 12);

        for (var quarter = 0; quarter < 4; quarter++)
        {
            var color = s_colors[upright[quarter]];
            picture.AssertColor(5 + (quarter % 2 * 10), 3 + (quarter / 2 * 6), color.Red, color.Green, color.Blue, tolerance: 12);
        }
    }

    public static TheoryData<byte, string> Orientations =>
        new() { { 1, "rgbw" }, { 2, "grwb" }, { 3, "wbgr" }, { 4, "bwrg" }, { 5, "rbgw" }, { 6, "brwg" }, { 7, "wgbr" }, { 8, "gwrb" } };

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Decode_ExifOfPngAndWebp_StandsUpright(byte orientation, string upright)
    {
        var png = PictureFiles.Encode(SKEncodedImageFormat.Png, 96, 64, (x, y) => s_colors["rgbw"[(x / 48) + (y / 32 * 2)]]);
        var webp = PictureFiles.Encode(SKEncodedImageFormat.Webp, 96, 64, (x, y) => s_colors["rgbw"[(x / 48) + (y / 32 * 2)]]);
        foreach (var little in new[] { true, false })
        {
            foreach (var prefix in new[] { true, false })
            {
                var exif = PictureFiles.Exif(orientation, little, prefix);
                AssertUpright(PictureFiles.WithPngChunk(png, "eXIf", exif));
                AssertUpright(PictureFiles.WithPngChunk(png, "eXIf", exif, late: true));
                AssertUpright(PictureFiles.WithWebpExif(webp, 96, 64, exif));
            }
        }

        void AssertUpright(byte[] encoded)
        {
            var picture = DecodedPicture.Of(encoded, 20, 12);
            using var thumbnail = SKBitmap.Decode(PictureThumbnail.ToJpeg(encoded, 48));
            Assert.Equal(orientation >= 5 ? (32, 48) : (48, 32), (thumbnail.Width, thumbnail.Height));
            for (var quarter = 0; quarter < 4; quarter++)
            {
                var color = s_colors[upright[quarter]];
                picture.AssertColor(5 + (quarter % 2 * 10), 3 + (quarter / 2 * 6), color.Red, color.Green, color.Blue, tolerance: 25);
                var small = thumbnail.GetPixel((thumbnail.Width / 4) + (quarter % 2 * thumbnail.Width / 2),
                    (thumbnail.Height / 4) + (quarter / 2 * thumbnail.Height / 2));
                Assert.InRange(
                    Math.Abs(small.Red - color.Red) + Math.Abs(small.Green - color.Green) + Math.Abs(small.Blue - color.Blue), 0, 90);
            }
        }
    }

    [Fact]
    public void Decode_BrokenExif_IsIgnored()
    {
        var png = PictureFiles.Encode(SKEncodedImageFormat.Png, 96, 64, (x, y) => s_colors["rgbw"[(x / 48) + (y / 32 * 2)]]);
        var webp = PictureFiles.Encode(SKEncodedImageFormat.Webp, 96, 64, (x, y) => s_colors["rgbw"[(x / 48) + (y / 32 * 2)]]);
        var whole = PictureFiles.Exif(6, little: false, prefix: false);
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var exif = round < whole.Length ? whole[..round] : [.. whole];
            if (round >= whole.Length)
                exif[random.Next(exif.Length)] = (byte)random.Next(256);
            DecodedPicture.Of(PictureFiles.WithPngChunk(png, "eXIf", exif), 20, 12);
            DecodedPicture.Of(PictureFiles.WithWebpExif(webp, 96, 64, exif), 20, 12);
        }
        foreach (var orientation in new byte[] { 0, 9, 255 })
            Assert.Equal(DecodedPicture.Of(png, 20, 12).Values,
                DecodedPicture.Of(PictureFiles.WithPngChunk(png, "eXIf", PictureFiles.Exif(orientation, true, false)), 20, 12).Values);
    }

    [Fact]
    public void Decode_OrientationCases_AllShowTheSamePicture()
    {
        foreach (var family in Directory.GetFiles(ImageRec.Tests.Design.Repository.Shared("cases/orientation"))
            .GroupBy(path => Path.GetFileName(path)[2..]))
        {
            var upright = DecodedPicture.Of(File.ReadAllBytes(family.Single(path => Path.GetFileName(path)[1] == '1')), 64, 64);
            foreach (var path in family)
            {
                var turned = DecodedPicture.Of(File.ReadAllBytes(path), 64, 64);
                var mean = upright.Values.Zip(turned.Values, (a, b) => Math.Abs(a - b)).Average();
                Assert.True(mean < 4, $"{Path.GetFileName(path)} is {mean} levels from o1.");
            }
        }
    }

    [Fact]
    public void Decode_TurnedPictureWithPadding_PutsTheMarginWhereTheUprightPictureHasNone()
    {
        // Stored wide, upright tall: the margins are left and right.
        var stored = PictureFiles.Encode(SKEncodedImageFormat.Jpeg, 64, 32, (_, _) => s_colors['r']);

        var picture = DecodedPicture.Of(PictureFiles.WithOrientation(stored, 6), 16, 16, ImageFit.Pad);

        picture.AssertColor(1, 8, 255, 255, 255);
        picture.AssertColor(14, 8, 255, 255, 255);
        picture.AssertColor(8, 1, 250, 10, 10, tolerance: 12);
        picture.AssertColor(8, 14, 250, 10, 10, tolerance: 12);
    }
}
