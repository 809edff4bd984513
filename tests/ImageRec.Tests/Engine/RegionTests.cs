using DrawnProducts;
using SkiaSharp;

namespace ImageRec.Tests.Engine;

/// <summary>Parts of pictures, in catalogs and as queries, by the network inside the package.</summary>
public sealed class RegionTests
{
    private const int Size = 256;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ImageSource Both { get; } = SideBySide(ProductKind.Mug, ProductKind.Dress);

    private static ImageSource Left { get; } = Both.Crop(new(0, 0, 0.5f, 1));

    private static ImageSource Right { get; } = Both.Crop(new(0.5f, 0, 0.5f, 1));

    [Fact]
    public async Task RecommendAsync_HalfOfAPictureOfTwoProducts_FindsTheProductThere()
    {
        await using var engine = await BuildAsync(
            Enum.GetValues<ProductKind>().Select(kind => (kind.ToString(), ImageSource.FromBytes(Draw(kind)))));

        var left = (await engine.RecommendAsync(Left, count: 1, Token))[0];
        var right = (await engine.RecommendAsync(Right, count: 1, Token))[0];

        Assert.Equal((nameof(ProductKind.Mug), nameof(ProductKind.Dress)), (left.Id, right.Id));
        Assert.True(left.Score > 0.97f && right.Score > 0.97f);
    }

    [Fact]
    public async Task BuildAsync_WholeAndPartsOfOnePicture_AreThreePictures()
    {
        await using var engine = await BuildAsync([("both", Both), ("left", Left), ("right", Right)]);
        foreach (var (id, picture) in new[] { ("both", Both), ("left", Left), ("right", Right) })
        {
            var hits = await engine.RecommendAsync(picture, count: 3, Token);
            Assert.Equal(id, hits[0].Id);
            Assert.Equal([true, false, false], hits.Select(hit => hit.IsSamePicture));
        }
        Assert.DoesNotContain(await engine.RecommendAsync(Both.Crop(new(0, 0, 0.4f, 1)), count: 3, Token), hit => hit.IsSamePicture);
    }

    private static Task<RecommendationEngine<string>> BuildAsync(IEnumerable<(string Id, ImageSource Picture)> pictures)
    {
        var byId = pictures.ToDictionary(pair => pair.Id, pair => pair.Picture);
        return new RecommenderBuilder().WithoutClusters().BuildAsync(
            byId.Keys.ToCatalog(id => id, id => byId[id]), cancellationToken: Token);
    }

    private static byte[] Draw(ProductKind kind) => ProductDrawing.Draw(kind, Palette.All[(int)kind % 12], Pattern.Stripes, 5, Size);

    private static ImageSource SideBySide(ProductKind left, ProductKind right)
    {
        using var canvas = new SKBitmap(2 * Size, Size);
        using (var drawing = new SKCanvas(canvas))
        {
            using var first = SKImage.FromEncodedData(Draw(left));
            using var second = SKImage.FromEncodedData(Draw(right));
            drawing.DrawImage(first, 0, 0);
            drawing.DrawImage(second, Size, 0);
        }
        using var png = canvas.Encode(SKEncodedImageFormat.Png, 100);
        return ImageSource.FromBytes(png.ToArray(), "both");
    }
}
