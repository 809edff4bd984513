using ImageRec.Images;
using SkiaSharp;

namespace ImageRec.Tests.Images;

public sealed class MarginsTests
{
    private const int Width = 240, Height = 180;

    public static TheoryData<string, SKEncodedImageFormat, int, double> Canvases
    {
        get
        {
            var data = new TheoryData<string, SKEncodedImageFormat, int, double>();
            foreach (var color in new[] { "ffffff", "c8c8c8", "000000", "f5e6d0", "00000000" })
            {
                foreach (var scale in new[] { 1.1, 1.5, 2.0 })
                {
                    data.Add(color, SKEncodedImageFormat.Png, 100, scale);
                    // A margin of two blocks of JPEG is all smear.
                    if (color.Length == 6 && scale > 1.1)
                        data.Add(color, SKEncodedImageFormat.Jpeg, 70, scale);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Canvases))]
    public void Find_PhotoOnACanvasOfOneColor_IsThePhoto(string color, SKEncodedImageFormat format, int quality, double scale)
    {
        var found = Find(Canvas(SKColor.Parse(color), scale, format, quality));
        AssertIsPhoto(found, scale);
    }

    [Theory]
    [InlineData(1.1)]
    [InlineData(1.3)]
    [InlineData(2)]
    public void Find_PhotoWithASoftShadow_IsThePhoto(double scale) =>
        AssertIsPhoto(Find(Canvas(SKColors.White, scale, SKEncodedImageFormat.Jpeg, 85, shadow: true)), scale);

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void Find_PhotoWithoutMargins_IsNull(SKEncodedImageFormat format) =>
        Assert.Null(Find(PictureFiles.Encode(format, Width, Height, Busy)));

    [Fact]
    public void Find_PhotographedWall_IsNull() =>
        Assert.Null(Find(PictureFiles.Encode(SKEncodedImageFormat.Png, Width, Height, (x, y) =>
        {
            // Lit from the left, with the noise of a sensor; something stands before it.
            var level = (byte)(200 - (x / 8) + (Busy(x, y).Red % 9));
            return x is > 80 and < 160 && y > 60 ? Busy(x, y) : new(level, level, level);
        })));

    [Fact]
    public void Find_OneColorOnly_IsNull() =>
        Assert.Null(Find(PictureFiles.Encode(SKEncodedImageFormat.Png, Width, Height, (_, _) => SKColors.White)));

    [Fact]
    public void Find_BarsOnTwoOppositeSides_LeavesThemOut() => Assert.Equal(
        new PixelArea(0, 30, Width, 120),
        Find(PictureFiles.Encode(SKEncodedImageFormat.Png, Width, Height, (x, y) => y is >= 30 and < 150 ? Busy(x, y) : SKColors.Black)));

    [Fact]
    public void Find_OneColorOnTwoSidesOfACorner_IsNull() => Assert.Null(
        Find(PictureFiles.Encode(SKEncodedImageFormat.Png, Width, Height, (x, y) => x > 40 && y > 40 ? Busy(x, y) : SKColors.White)));

    [Fact]
    public void Find_ProductWithAnOutline_IsTheSameOnEveryCanvas()
    {
        var areas = new[] { 1.0, 1.5, 2.0 }.Select(scale =>
        {
            var (width, height) = ((int)(Width * scale), (int)(Height * scale));
            var found = Assert.NotNull(Find(PictureFiles.Encode(SKEncodedImageFormat.Jpeg, width, height, (x, y) =>
            {
                var (dx, dy) = ((x - (width / 2)) / 80.0, (y - (height / 2)) / 60.0);
                return dx * dx + dy * dy < 1 ? Busy(x, y) : SKColors.White;
            }, quality: 85)));
            return (Width: found.Width, found.Height);
        }).ToList();
        Assert.All(areas, area => Assert.True(Math.Abs(area.Width - 160) <= 12 && Math.Abs(area.Height - 120) <= 12, $"{area}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Decode_TrimMargins_ShowsWhatThePhotoAloneShows(byte orientation)
    {
        var alone = PictureFiles.WithOrientation(
            PictureFiles.Encode(SKEncodedImageFormat.Jpeg, Width, Height, Blocks, quality: 90), orientation);
        var pasted = PictureFiles.WithOrientation(Canvas(SKColors.White, 2, SKEncodedImageFormat.Jpeg, 90, photo: Blocks), orientation);

        var (expected, found) = (Decode(alone, trims: true), Decode(pasted, trims: true));

        Assert.InRange(expected.Zip(found, (a, b) => Math.Abs(a - b)).Average(), 0, 9);
        Assert.True(expected.Zip(Decode(pasted, trims: false), (a, b) => Math.Abs(a - b)).Average() > 40);
    }

    [Fact]
    public void Decode_RegionWithMargins_LeavesThemOut()
    {
        var canvas = Canvas(SKColors.White, 2, SKEncodedImageFormat.Png, 100, photo: Blocks);
        var whole = Decode(canvas, trims: true);
        Assert.Equal(whole, Decode(canvas, trims: true, new(0.1f, 0.1f, 0.8f, 0.8f)));
    }

    [Fact]
    public void Find_PhotosOfClothes_LeavesAlmostAllWhole()
    {
        var photos = Directory.GetFiles(Design.Repository.Shared("data/clothing/train"), "*.jpg", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Where((_, i) => i % 10 == 0).ToList();
        Assert.InRange(photos.Count(path => Find(File.ReadAllBytes(path)) is not null), 0, 1);
    }

    private static SKColor Busy(int x, int y)
    {
        var hash = unchecked((uint)((x * 73_856_093) ^ (y * 19_349_663)) * 2_654_435_761u);
        return new((byte)(hash >> 8), (byte)(hash >> 16), (byte)(hash >> 24));
    }

    // As photos are: patterns of several pixels, and a little noise.
    private static SKColor Textured(int x, int y)
    {
        var (wave, other, noise) = (40 * Math.Sin(x / 7.0) * Math.Cos(y / 9.0), 40 * Math.Sin((x + y) / 11.0), Busy(x, y).Red % 9);
        return new((byte)(95 + wave + noise), (byte)(85 + other + noise), (byte)(75 - wave + noise));
    }

    private static SKColor Blocks(int x, int y) => ((x / 30) + (y / 30)) % 2 == 0 ? new(30, 60, 200) : new(200, 120, 20);

    private static byte[] Canvas(
        SKColor color, double scale, SKEncodedImageFormat format, int quality, bool shadow = false, Func<int, int, SKColor>? photo = null)
    {
        photo ??= Textured;
        using var bitmap = new SKBitmap((int)(Width * scale), (int)(Height * scale), SKColorType.Rgba8888, SKAlphaType.Premul);
        var (left, top) = ((bitmap.Width - Width) / 2, (bitmap.Height - Height) / 2);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(color);
            if (shadow)
            {
                using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 3);
                using var shade = new SKPaint { Color = new SKColor(0, 0, 0, 110), MaskFilter = blur };
                canvas.DrawRect(left + 2, top + 4, Width, Height, shade);
            }
        }
        for (var i = 0; i < Width * Height; i++)
            bitmap.SetPixel(left + (i % Width), top + (i / Width), photo(i % Width, i / Width));
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    private static void AssertIsPhoto(PixelArea? found, double scale)
    {
        var area = Assert.NotNull(found);
        var (left, top) = (((int)(Width * scale) - Width) / 2, ((int)(Height * scale) - Height) / 2);
        // JPEG smears an edge over a block of 8 pixels.
        Assert.True(Math.Abs(area.X - left) <= 6 && Math.Abs(area.Y - top) <= 6
            && Math.Abs(area.Width - Width) <= 8 && Math.Abs(area.Height - Height) <= 8, $"{area}");
    }

    private static PixelArea? Find(byte[] encoded)
    {
        using var image = ImageDecoder.Decode(
            encoded, "photo", ImageLimits.Default, (width, height) => (width, height), ImageFit.Stretch, Backdrop.White);
        return Margins.Find(image);
    }

    private static float[] Decode(byte[] encoded, bool trims, ImageRegion? region = null)
    {
        var format = new TensorFormat(32, 32, ImageFit.Stretch, BlueFirst: false, Interleaved: true, RgbValues.All(1), default)
        {
            TrimMargins = trims,
        };
        var tensor = new float[format.Length];
        ImageDecoder.Decode(encoded, "photo", ImageLimits.Default, format, tensor, region);
        return tensor;
    }
}
