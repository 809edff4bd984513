using ImageRec.Evaluation;
using ImageRec.Evaluation.Report;
using ImageRec.Tests.Images;
using SkiaSharp;

namespace ImageRec.Tests.Evaluation;

public class ThumbnailsTests
{
    private static readonly SKColor[] Quarters = [new(250, 10, 10), new(10, 250, 10), new(10, 10, 250), new(250, 250, 250)];

    // Stored: 0, 1 above 2, 3. Upright as the EXIF specification draws them.
    [Theory]
    [InlineData(1, "0123", 144, 96)]
    [InlineData(2, "1032", 144, 96)]
    [InlineData(3, "3210", 144, 96)]
    [InlineData(4, "2301", 144, 96)]
    [InlineData(5, "0213", 96, 144)]
    [InlineData(6, "2031", 96, 144)]
    [InlineData(7, "3120", 96, 144)]
    [InlineData(8, "1302", 96, 144)]
    public async Task AddAsync_EachExifOrientation_StandsUpright(byte orientation, string upright, int width, int height)
    {
        var stored = PictureFiles.Encode(SKEncodedImageFormat.Jpeg, 480, 320, (x, y) => Quarters[(x / 240) + (y / 160 * 2)]);
        using var picture = await StripAsync(PictureFiles.WithOrientation(stored, orientation));
        Assert.Equal((width, height), (picture.Width, picture.Height));
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var expected = Quarters[upright[quarter] - '0'];
            var actual = picture.GetPixel(width / 4 + quarter % 2 * width / 2, height / 4 + quarter / 2 * height / 2);
            Assert.InRange(Difference(expected, actual), 0, 60);
        }
    }

    [Fact]
    public async Task AddAsync_SmallPictureWithAlpha_KeepsItsSizeOnWhite()
    {
        using var picture = await StripAsync(PictureFiles.Encode(SKEncodedImageFormat.Png, 10, 8, (_, _) => SKColors.Transparent));
        Assert.Equal((10, 8), (picture.Width, picture.Height));
        Assert.True(picture.GetPixel(5, 4).Red > 250);
    }

    private static int Difference(SKColor a, SKColor b) =>
        Math.Abs(a.Red - b.Red) + Math.Abs(a.Green - b.Green) + Math.Abs(a.Blue - b.Blue);

    private static async Task<SKBitmap> StripAsync(byte[] encoded)
    {
        var thumbnails = new Thumbnails(ImageLimits.Default);
        await thumbnails.AddAsync("a", ImageSource.FromBytes(encoded), strip: true, map: true, TestContext.Current.CancellationToken);
        Assert.NotNull(thumbnails.Map("a"));
        return SKBitmap.Decode(Convert.FromBase64String(thumbnails.Strip("a")!["data:image/jpeg;base64,".Length..]));
    }
}
