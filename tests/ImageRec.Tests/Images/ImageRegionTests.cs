using ImageRec.Images;
using SkiaSharp;

namespace ImageRec.Tests.Images;

public sealed class ImageRegionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<float, float, float, float> BadRegions => new()
    {
        { -0.1f, 0, 0.5f, 0.5f }, { 0, -0.1f, 0.5f, 0.5f }, { 1, 0, 0.5f, 0.5f }, { 0.2f, 0.2f, 0, 0.5f }, { 0.2f, 0.2f, 0.5f, -0.5f },
        { 0.6f, 0, 0.5f, 1 }, { 0, 0.6f, 1, 0.5f }, { 0, 0, 320, 240 }, { float.NaN, 0, 1, 1 }, { 0, 0, float.NaN, 1 },
        { 0, 0, float.PositiveInfinity, 1 },
    };

    [Theory]
    [MemberData(nameof(BadRegions))]
    public void Crop_NoPartOfAPicture_SaysWhatWasGivenAndWhatIsExpected(float x, float y, float width, float height)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => ImageSource.FromFile("a.jpg").Crop(new(x, y, width, height)));
        Assert.Contains(FormattableString.Invariant($"{x},{y},{width},{height}"), error.Message, StringComparison.Ordinal);
        Assert.Contains("fractions of the upright picture", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0,0,1")]
    [InlineData("0,0,1,1,1")]
    [InlineData("0;0;1;1")]
    [InlineData("a,0,1,1")]
    [InlineData("0,0,0,1")]
    [InlineData("10%,0,1,1")]
    public void Parse_NoRegion_IsNull(string text) => Assert.Null(ImageRegion.Parse(text));

    [Fact]
    public void Parse_DigitsRoundedBeyondTheEdge_EndsAtTheEdge()
    {
        var region = Assert.NotNull(ImageRegion.Parse("0.3334,0, 0.6667,1"));
        Assert.Equal(1, region.X + region.Width, 1e-6f);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 1)]
    [InlineData(SKEncodedImageFormat.Png, 2)]
    [InlineData(SKEncodedImageFormat.Png, 3)]
    [InlineData(SKEncodedImageFormat.Png, 4)]
    [InlineData(SKEncodedImageFormat.Png, 5)]
    [InlineData(SKEncodedImageFormat.Png, 6)]
    [InlineData(SKEncodedImageFormat.Png, 7)]
    [InlineData(SKEncodedImageFormat.Png, 8)]
    [InlineData(SKEncodedImageFormat.Jpeg, 1)]
    [InlineData(SKEncodedImageFormat.Jpeg, 6)]
    [InlineData(SKEncodedImageFormat.Webp, 1)]
    public void Decode_Region_ShowsWhatTheCroppedPictureShows(SKEncodedImageFormat format, byte orientation)
    {
        var stored = PictureFiles.Encode(format, 320, 200, Colors);
        var encoded = orientation == 1 ? stored
            : format == SKEncodedImageFormat.Jpeg ? PictureFiles.WithOrientation(stored, orientation)
            : PictureFiles.WithPngChunk(stored, "eXIf", PictureFiles.Exif(orientation, little: true, prefix: false));
        // Off center either way, so that it lies elsewhere when a picture is mirrored.
        var region = new ImageRegion(0.1f, 0.1f, 0.5f, 0.4f);

        var part = Decode(encoded, region);

        // The same pixels, cut out of the upright picture by hand.
        var turned = orientation >= 5;
        var (width, height) = turned ? (200, 320) : (320, 200);
        var upright = DecodedPicture.Of(encoded, width, height);
        var cropped = PictureFiles.Encode(SKEncodedImageFormat.Png, width / 2, height * 4 / 10, (x, y) =>
        {
            var color = upright[x + (width / 10), y + (height / 10)];
            return new((byte)Math.Round(color.Red), (byte)Math.Round(color.Green), (byte)Math.Round(color.Blue));
        });
        var far = part.Zip(DecodedPicture.Of(cropped, 24, 24).Values, (a, b) => Math.Abs(a - b)).ToList();
        // JPEG and WebP are decoded at a fraction of their size, by a filter of their own.
        Assert.InRange(far.Max(), 0, format == SKEncodedImageFormat.Png ? 1 : 25);
        Assert.InRange(far.Average(), 0, 3);
    }

    [Fact]
    public void Decode_SmallPartOfALargePhoto_IsNotDecodedAtAFractionOfItsSize()
    {
        // Stripes of 8 pixels: at an eighth of the size, which is enough for the whole, they are gray.
        var photo = PictureFiles.Encode(
            SKEncodedImageFormat.Jpeg, 1600, 1600, (x, _) => x / 8 % 2 == 0 ? SKColors.Black : SKColors.White);

        var part = Decode(photo, new(0.5f, 0.5f, 0.1f, 0.1f), size: 160);

        Assert.True(part.Min() < 20 && part.Max() > 235);
    }

    [Fact]
    public void Decode_PartSmallerThanAPixel_IsThatPixel()
    {
        var picture = PictureFiles.Encode(SKEncodedImageFormat.Png, 4, 4, (x, y) => new((byte)(x * 60), (byte)(y * 60), 9));
        Assert.Equal([180, 180, 9], Decode(picture, new(0.9f, 0.9f, 0.001f, 0.001f), size: 1).Select(level => (int)Math.Round(level)));
    }

    [Fact]
    public async Task ReadAsync_OfAPart_IsAPictureOfThePart()
    {
        var source = ImageSource.FromBytes(PictureFiles.Encode(SKEncodedImageFormat.Jpeg, 320, 200, Colors), "shirt");

        var part = source.Crop(new(0, 0, 0.5f, 1)).Crop(new(0.5f, 0.5f, 0.5f, 0.5f));

        Assert.Equal("shirt", part.Name);
        using var bitmap = SKBitmap.Decode((await part.ReadAsync(cancellationToken: Token)).Span);
        Assert.Equal((80, 100), (bitmap.Width, bitmap.Height));
        var (expected, color) = (Colors(120, 150), bitmap.GetPixel(40, 50));
        Assert.InRange(Math.Abs(expected.Red - color.Red) + Math.Abs(expected.Green - color.Green), 0, 12);
        using var thumbnail = SKBitmap.Decode(await part.ToThumbnailAsync(50, cancellationToken: Token));
        Assert.Equal((40, 50), (thumbnail.Width, thumbnail.Height));
    }

    [Fact]
    public async Task ReadAsync_OfAPartOfALargePhoto_StaysSmall()
    {
        var photo = PictureFiles.Encode(SKEncodedImageFormat.Jpeg, 3000, 60, (x, _) => new((byte)(x % 256), 0, 0));
        var part = ImageSource.FromBytes(photo).Crop(new(0, 0, 0.9f, 1));
        using var bitmap = SKBitmap.Decode((await part.ReadAsync(cancellationToken: Token)).Span);
        Assert.Equal((2048, 46), (bitmap.Width, bitmap.Height));
    }

    [Fact]
    public async Task ReadAsync_OfAPartOfNoPicture_IsUnreadable()
    {
        var part = ImageSource.FromBytes("these are words"u8.ToArray(), "shirt").Crop(new(0, 0, 0.5f, 1));
        var error = await Assert.ThrowsAsync<UnreadableImageException>(async () => await part.ReadAsync(cancellationToken: Token));
        Assert.Contains("'shirt'", error.Message, StringComparison.Ordinal);
    }

    private static SKColor Colors(int x, int y) => new((byte)(x / 2), (byte)y, (byte)(((x / 20) + (y / 20)) % 2 * 60));

    private static float[] Decode(byte[] encoded, ImageRegion region, int size = 24)
    {
        var format = new TensorFormat(size, size, ImageFit.Stretch, BlueFirst: false, Interleaved: true, RgbValues.All(1), default);
        var tensor = new float[format.Length];
        ImageDecoder.Decode(encoded, "picture", ImageLimits.Default, format, tensor, region);
        return tensor;
    }
}
