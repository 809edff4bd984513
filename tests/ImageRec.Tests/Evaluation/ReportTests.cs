using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ImageRec.Evaluation;
using ImageRec.Evaluation.Report;
using ImageRec.Tests.Engine;
using SkiaSharp;

namespace ImageRec.Tests.Evaluation;

public partial class ReportTests : EngineTest
{
    private static readonly ReportOptions<Product> WithImages = new()
    {
        Title = "Autumn <b>& more",
        Image = p => ImageSource.FromBytes(Jpeg(p.Price)),
    };

    [Fact]
    public async Task WriteReportAsync_Catalog_ShowsEverySectionAndLoadsNothing()
    {
        var products = Product.Cloud(120);
        await using var engine = await BuildAsync([.. products, products[0] with { Sku = "copy" }]);
        var page = await WriteAsync(engine, WithImages);
        foreach (var part in new[] { "quality", "map-section", "examples", "clusters", "findings", "details" })
            Assert.Contains($"id=\"{part}\"", page, StringComparison.Ordinal);
        string[] texts =
        [
            "Precision at 5", "Mean average precision", "Which categories are confused", "How many clusters",
            "The same image more than once", "121</b> products", "3</b> dimensions per row",
        ];
        foreach (var text in texts)
            Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.Contains("Autumn &lt;b&gt;&amp; more", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Autumn <b>", page, StringComparison.Ordinal);
        Assert.All(Sources().Matches(page), m => Assert.StartsWith("data:image/jpeg;base64,", m.Groups[1].Value, StringComparison.Ordinal));
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteReportAsync_UnderAnotherCulture_WritesNumbersAlike()
    {
        await using var engine = await BuildAsync(Product.Cloud(1001));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Contains("1,001</b> products", await WriteAsync(engine, new ReportOptions<Product>()), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task WriteReportAsync_ImageOfAnItemThrows_LeavesThatImageOut()
    {
        await using var engine = await BuildAsync(Product.Cloud(40));
        var options = new ReportOptions<Product>
        {
            Image = p => p.Sku == "sku-3" ? throw new KeyNotFoundException() : ImageSource.FromBytes(Jpeg(p.Price)),
        };
        var page = await WriteAsync(engine, options);
        Assert.Contains("data:image/jpeg;base64,", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteReportAsync_Ids_AreEncodedEverywhere()
    {
        var nasty = Product.Cloud(40)
            .Select((p, i) => p with { Sku = $"</script><img src=x onerror=alert({i})>", Type = $"a\"<i>{i % 2}" }).ToList();
        await using var engine = await BuildAsync(nasty);
        var page = await WriteAsync(engine, new());
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("</script><img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteReportAsync_NoCategories_SaysWhyThereAreNoFigures()
    {
        await using var engine = await BuildAsync(Product.Cloud(30).Select(p => p with { Type = null }));
        var page = await WriteAsync(engine, WithImages);
        Assert.Contains("Not measured.", page, StringComparison.Ordinal);
        Assert.Contains("Cluster 1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"examples\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task WriteReportAsync_TinyCatalog_Works(int count)
    {
        await using var engine = await BuildAsync(Product.Cloud(count));
        Assert.EndsWith("</html>\n", await WriteAsync(engine, WithImages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteReportAsync_QueriesOfTheirOwn_ShowTheirImages()
    {
        var products = Product.Cloud(60);
        await using var engine = await BuildAsync(products.Take(50));
        var evaluation = await engine.EvaluateAsync(Catalog(products.Skip(50)), cancellationToken: Token);
        var shown = new List<string>();
        var page = await WriteAsync(engine, new()
        {
            Image = WithImages.Image,
            Evaluation = evaluation,
            QueryImage = id =>
            {
                lock (shown)
                    shown.Add(id);
                return ImageSource.FromBytes(Jpeg(1));
            },
        });
        Assert.Contains("The queries are 10 images", page, StringComparison.Ordinal);
        Assert.NotEmpty(shown);
        Assert.Subset(products.Skip(50).Select(p => p.Sku).ToHashSet(), shown.ToHashSet());
    }

    [Fact]
    public async Task WriteReportAsync_UnreadableImages_ShowTheirIds()
    {
        await using var engine = await BuildAsync(Product.Cloud(30));
        var options = new ReportOptions<Product>
        {
            Image = p => p.Price < 15 ? ImageSource.FromFile("no-such-file.jpg") : ImageSource.FromBytes("no image"u8.ToArray()),
        };
        var page = await WriteAsync(engine, options);
        Assert.Contains("frame missing", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=\"data", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteReportAsync_Canceled_LeavesTheFileAsItWas()
    {
        await using var engine = await BuildAsync(Product.Cloud(30));
        var file = Path.Combine(Folder, "report.html");
        await File.WriteAllTextAsync(file, "before", Token);
        var canceled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.WriteReportAsync(file, cancellationToken: canceled));
        Assert.Equal("before", await File.ReadAllTextAsync(file, Token));
        await engine.WriteReportAsync(file, cancellationToken: Token);
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteReportAsync_ThreeThousandImages_StaysUnderFifteenMegabytes()
    {
        var products = Product.Cloud(3000);
        await using var engine = await BuildAsync(products);
        var photo = Noisy();
        var page = await WriteAsync(engine, new() { Image = _ => ImageSource.FromBytes(photo) });
        Assert.InRange(page.Length, 1_000_000, 15_000_000);
    }

    [Fact]
    public void PrincipalPlane_RowsOnAPlane_FindsIt()
    {
        var random = new Random(4);
        var rows = new ImageRec.Vectors.FeatureMatrix(300, 5);
        for (var i = 0; i < rows.Rows; i++)
            (rows[i][1], rows[i][3], rows[i][0]) = (10 * random.NextSingle(), 3 * random.NextSingle(), 7);
        var locations = PrincipalPlane.Project(rows);
        Assert.Equal(0, locations.Average(p => p.X), 1e-3);
        for (var i = 1; i < rows.Rows; i++)
        {
            Assert.Equal(Math.Abs(rows[i][1] - rows[0][1]), Math.Abs(locations[i].X - locations[0].X), 0.3);
            Assert.Equal(Math.Abs(rows[i][3] - rows[0][3]), Math.Abs(locations[i].Y - locations[0].Y), 0.5);
        }
    }

    private static async Task<string> WriteAsync(RecommendationEngine<Product> engine, ReportOptions<Product> options)
    {
        using var stream = new MemoryStream();
        await engine.WriteReportAsync(stream, options, Token);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static byte[] Jpeg(decimal number)
    {
        using var bitmap = new SKBitmap(60, 40);
        bitmap.Erase(SKColor.FromHsl((float)(number % 360), 60, 50));
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 80).ToArray();
    }

    /// <summary>A photo that is larger than most: noise compresses badly.</summary>
    private static byte[] Noisy()
    {
        var random = new Random(1);
        using var bitmap = new SKBitmap(300, 300);
        for (var y = 0; y < 300; y++)
            for (var x = 0; x < 300; x++)
                bitmap.SetPixel(x, y, new SKColor((byte)(x / 2 + random.Next(60)), (byte)(y / 2 + random.Next(60)), (byte)random.Next(60)));
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray();
    }

    [GeneratedRegex("src=\"([^\"]{0,40})")]
    private static partial Regex Sources();
}
