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
