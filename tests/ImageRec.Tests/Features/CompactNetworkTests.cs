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
        ["disc"] = "0.3047 0.1593 0.0539 0.0697 -0.0090 -0.0157 0.0004 0.0611 0.0282 0.0085 -0.0111 -0.0292 -0.0393 -0.0090 -0.0050 0.0001",
        ["stripes"] = "-0.0431 -0.1329 0.1363 0.0763 -0.0899 0.0129 0.0346 0.0385 0.0110 -0.1015 0.0500 -0.0038 -0.0192 -0.0088 0.0224 0.0002",
        ["gradient"] = "0.3503 -0.1747 0.0387 0.0327 -0.0046 -0.0148 -0.0250 0.0088 -0.0604 0.0445 -0.0177 0.0001 0.0086 -0.0008 0.0002 0.0014",
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
