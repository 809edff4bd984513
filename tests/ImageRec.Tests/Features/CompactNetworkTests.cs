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
        ["disc"] =
            "0.1496 0.1328 -0.0093 -0.0658 -0.0189 0.0061 0.0972 -0.0386 0.0005 -0.0090 -0.0143 -0.0087 0.0042 0.0007 -0.0131 0.0000",
        ["stripes"] =
            "0.0118 -0.2851 0.0334 0.0243 0.0386 0.0676 0.0351 -0.0048 0.0430 0.0121 -0.0134 0.0596 -0.0168 -0.1039 0.0125 0.0023",
        ["gradient"] =
            "0.2560 0.0707 0.0023 -0.0288 0.0637 0.0241 0.0451 0.0387 0.0001 -0.0005 -0.0392 -0.0433 -0.0635 0.0262 -0.0187 0.0013",
    };

    [Fact]
    public async Task Extract_DrawnPictures_GivesTheFrozenRows()
    {
        using var extractor = new OnnxFeatureExtractor(OnnxModel.Compact.With(m => m.TrimMargins = false));
        foreach (var (name, frozen) in Frozen)
        {
            var row = new float[extractor.Dimensions];
            Assert.Empty(await extractor.ExtractAsync([Draw(name)], row, TestContext.Current.CancellationToken));
            var numbers = frozen.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(n => float.Parse(n, CultureInfo.InvariantCulture))
                .ToArray();
            var computed = row.Where((_, i) => i % 16 == 0).Select(v => v.ToString("F4", CultureInfo.InvariantCulture));
            Assert.True(numbers.Length == 16, $"{name}: {string.Join(' ', computed)}");
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
                bitmap.SetPixel(x, y, Color(name, x, y));
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return ImageSource.FromBytes(png.ToArray(), name);
    }

    private static SKColor Color(string name, int x, int y) => name switch
    {
        "disc" => (x - 80) * (x - 80) + (y - 80) * (y - 80) < 3600 ? new SKColor(190, 40, 50) : new SKColor(245, 245, 240),
        "stripes" => x / 10 % 2 == 0 ? new SKColor(20, 40, 120) : new SKColor(230, 230, 235),
        _ => new SKColor((byte)(x * 255 / Size), (byte)(y * 255 / Size), 128),
    };
}
