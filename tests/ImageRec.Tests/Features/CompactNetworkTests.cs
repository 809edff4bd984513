using System.Globalization;
using ImageRec.Features;
using SkiaSharp;

namespace ImageRec.Tests.Features;

/// <summary>The embedded network is the one its card describes.</summary>
public class CompactNetworkTests
{
    private const int Size = 160;

    // 16 numbers of each row, every sixteenth, as the network gave them when it was put into the package.
    private static readonly Dictionary<string, string> Frozen = new()
    {
        ["disc"] = "-0.3268 0.1765 -0.0405 0.0645 -0.0267 -0.0043 0.0528 -0.0205 0.0298 -0.0294 0.0000 0.0119 -0.0326 -0.0301 0.0015 0.0007",
        ["stripes"] = "-0.0030 -0.0195 -0.0981 -0.0069 -0.0383 0.0103 -0.0399 0.0447 -0.0049 0.0455 -0.0182 0.0254 0.0280 0.0182 0.0277 0.0017",
        ["gradient"] = "-0.4026 -0.0857 -0.0267 0.0740 -0.0442 -0.0706 -0.0190 -0.0536 0.0412 -0.0024 -0.0079 0.0204 0.0194 0.0103 0.0031 0.0027",
    };

    [Fact]
    public async Task Extract_DrawnPictures_GivesTheFrozenRows()
    {
        using var extractor = new OnnxFeatureExtractor(OnnxModel.Compact);
        foreach (var (name, frozen) in Frozen)
        {
            var row = new float[extractor.Dimensions];
            Assert.Empty(await extractor.ExtractAsync([Draw(name)], row, TestContext.Current.CancellationToken));
            var numbers = frozen.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => float.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            Assert.True(numbers.Length == 16, $"{name}: {string.Join(' ', row.Where((_, i) => i % 16 == 0).Select(v => v.ToString("F4", CultureInfo.InvariantCulture)))}");
            // Other processors round otherwise; another network differs by far more.
            for (var i = 0; i < numbers.Length; i++)
                Assert.Equal(numbers[i], row[16 * i], 2e-3f);
        }
    }

    [Fact]
    public void Compact_Shapes_AreThoseOfItsCard()
    {
        using var extractor = new OnnxFeatureExtractor(OnnxModel.Compact);
        Assert.Equal((128, 128), (OnnxModel.Compact.Width, OnnxModel.Compact.Height));
        Assert.Equal(256, extractor.Dimensions);
        Assert.Equal("compact/embedding", extractor.Name);
        Assert.InRange(OnnxModel.Compact.Weights.Bytes.Length, 1, 3_000_000);
    }

    private static ImageSource Draw(string name)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Size, Size, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
                bitmap.SetPixel(x, y, Colour(name, x, y));
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return ImageSource.FromBytes(png.ToArray(), name);
    }

    private static SKColor Colour(string name, int x, int y) => name switch
    {
        "disc" => (x - 80) * (x - 80) + (y - 80) * (y - 80) < 3600 ? new SKColor(190, 40, 50) : new SKColor(245, 245, 240),
        "stripes" => x / 10 % 2 == 0 ? new SKColor(20, 40, 120) : new SKColor(230, 230, 235),
        _ => new SKColor((byte)(x * 255 / Size), (byte)(y * 255 / Size), 128),
    };
}
