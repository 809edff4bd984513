using System.Globalization;
using ImageRec.Features;
using ImageRec.Images;
using ImageRec.Tests.Features;
using SkiaSharp;

namespace ImageRec.Tests.Images;

/// <summary>What transparent pictures are laid on.</summary>
public sealed class BackdropTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Decode_WhiteArtOnTransparency_CanBeSeen(SKEncodedImageFormat format)
    {
        var picture = DecodedPicture.Of(Art(format, SKColors.White), 20, 20);
        picture.AssertColor(4, 10, 255, 255, 255, tolerance: 3);
        picture.AssertColor(15, 10, 128, 128, 128, tolerance: 3);
    }

    [Fact]
    public void Decode_NearlyWhiteArtWithSoftEdges_CanBeSeen()
    {
        var random = new Random(2);
        var art = PictureFiles.Encode(SKEncodedImageFormat.Png, 40, 40,
            (x, _) => new((byte)random.Next(245, 256), (byte)random.Next(245, 256), (byte)random.Next(245, 256),
            (byte)Math.Clamp((20 - x) * 40, 0, 255)));
        DecodedPicture.Of(art, 20, 20).AssertColor(18, 10, 128, 128, 128);
    }

    [Theory]
    [InlineData(200, 30, 10)]
    [InlineData(0, 0, 0)]
    [InlineData(230, 255, 255)]
    public void Decode_ArtThatStandsOutFromWhite_IsLaidOnWhite(byte red, byte green, byte blue)
    {
        var picture = DecodedPicture.Of(Art(SKEncodedImageFormat.Png, new(red, green, blue)), 20, 20);
        picture.AssertColor(4, 10, red, green, blue);
        picture.AssertColor(15, 10, 255, 255, 255);
    }

    [Fact]
    public void Decode_NothingVisible_IsWhite() => DecodedPicture.Of(
        PictureFiles.Encode(SKEncodedImageFormat.Png, 9, 9, (_, _) => SKColors.Transparent), 4, 4).AssertUniform(255, 255, 255);

    [Fact]
    public void Decode_WhitePictureWithoutTransparency_IsWhite() =>
        DecodedPicture.Of(PictureFiles.Encode(SKEncodedImageFormat.Png, 9, 9, (_, _) => SKColors.White), 4, 4).AssertUniform(255, 255, 255);

    [Fact]
    public void Decode_BackgroundSet_ShowsInTransparentPartsAndMargins()
    {
        var format = Format(ImageFit.Pad, new(10, 20, 30));
        var tensor = new float[format.Length];
        ImageDecoder.Decode(Art(SKEncodedImageFormat.Png, SKColors.White, height: 10), "art", ImageLimits.Default, format, tensor);
        Assert.Equal([10, 20, 30], tensor[..3]);
        Assert.Equal([255f, 255, 255, 10, 20, 30], [.. tensor.AsSpan((20 * 10 + 4) * 3, 3), .. tensor.AsSpan((20 * 10 + 15) * 3, 3)]);
    }

    [Theory]
    [InlineData(0, 128)]
    [InlineData(128, 255)]
    public void Decode_ArtOfTheBackgroundsOwnColor_IsLaidOnAnother(byte shade, int expected)
    {
        var format = Format(ImageFit.Stretch, RgbValues.All(shade));
        var tensor = new float[format.Length];
        ImageDecoder.Decode(Art(SKEncodedImageFormat.Png, new(shade, shade, shade)), "art", ImageLimits.Default, format, tensor);
        Assert.Equal(expected, tensor[(20 * 10 + 15) * 3]);
    }

    [Fact]
    public void ToJpeg_WhiteArt_CanBeSeen()
    {
        using var thumbnail = SKBitmap.Decode(PictureThumbnail.ToJpeg(Art(SKEncodedImageFormat.Png, SKColors.White), 20));
        Assert.InRange(thumbnail.GetPixel(4, 10).Red, 250, 255);
        Assert.InRange(thumbnail.GetPixel(15, 10).Red, 120, 136);
    }

    [Fact]
    public async Task ExtractAsync_TwoWhiteDrawings_AreNotTheSame()
    {
        using var extractor = new OnnxFeatureExtractor(OnnxModel.Compact);
        var rows = new float[2 * extractor.Dimensions];
        var striped = PictureFiles.Encode(
            SKEncodedImageFormat.Png, 60, 60, (_, y) => y / 6 % 2 == 0 ? SKColors.White : SKColors.Transparent);
        await extractor.ExtractAsync(
            [ImageSource.FromBytes(Art(SKEncodedImageFormat.Png, SKColors.White)), ImageSource.FromBytes(striped)], rows,
            TestContext.Current.CancellationToken);
        var (first, second) = (rows[..extractor.Dimensions], rows[extractor.Dimensions..]);
        Assert.InRange(System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(first, second), -1, 0.98f);
    }

    [Fact]
    public void Fingerprint_Background_CountsUnlessWhite()
    {
        using var plain = new OnnxFeatureExtractor(OnnxModel.Compact);
        using var white = new OnnxFeatureExtractor(OnnxModel.Compact.With(m => m.Background = new(255, 255, 255)));
        using var black = new OnnxFeatureExtractor(OnnxModel.Compact.With(m => m.Background = new(0, 0, 0.5f)));
        Assert.Equal(plain.Fingerprint, white.Fingerprint);
        Assert.NotEqual(plain.Fingerprint, black.Fingerprint);
        Assert.DoesNotContain("Background", Format(ImageFit.Pad, RgbValues.All(1)).ToString(), StringComparison.Ordinal);
        Assert.Equal(" on 0 0 0.5", string.Create(CultureInfo.InvariantCulture, $"{Format(ImageFit.Pad, new(0, 0, 0.5f)).BackgroundName}"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    [InlineData(float.NaN)]
    public void Background_NoColor_IsRefused(float color) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxModel.Compact.With(m => m.Background = new(0, color, 0)));

    [Fact]
    public async Task OpenAsync_BackgroundOfTheBuild_IsKeptInTheFile()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "shop.imagerec");
        var art = Enumerable.Range(0, 4).Select(i => Art(SKEncodedImageFormat.Png, new((byte)(i * 60), 200, 20), height: 20 + i)).ToList();
        var products = Enumerable.Range(0, 4).ToCatalog(i => $"p{i}", i => ImageSource.FromBytes(art[i]));
        await (await new RecommenderBuilder().UseOnnx(OnnxModel.Compact.With(m => m.Background = new(10, 20, 30)))
            .BuildAsync(products, file, cancellationToken: TestContext.Current.CancellationToken)).DisposeAsync();
        await using var opened = await new RecommenderBuilder().OpenAsync<int>(file, TestContext.Current.CancellationToken);
        Assert.Equal(4, opened.Count);
    }

    private static TensorFormat Format(ImageFit fit, RgbValues background) =>
        new(20, 20, fit, BlueFirst: false, Interleaved: true, RgbValues.All(1), default) { Background = background };

    private static byte[] Art(SKEncodedImageFormat format, SKColor color, int height = 40) =>
        PictureFiles.Encode(format, height == 40 ? 40 : height * 2, height, (x, _) => x < (height == 40 ? 20 : height)
            ? color
            : SKColors.Transparent, quality: 100);
}
