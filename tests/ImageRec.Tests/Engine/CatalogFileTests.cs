namespace ImageRec.Tests.Engine;

public class CatalogFileTests : EngineTest
{
    [Fact]
    public async Task OpenAsync_FinishedFile_AnswersAsTheBuiltEngine()
    {
        var products = Product.Cloud(90, dimensions: 8);
        IReadOnlyList<string> expected;
        var query = VectorExtractor.Picture(1, 2, 3, 4, 5, 6, 7, 8);
        var builder = () => new RecommenderBuilder().UseExtractor(new VectorExtractor(8)).ReduceWithPca(4);
        await using (var built = await builder().BuildAsync(Catalog(products), FilePath, cancellationToken: Token))
            expected = [.. (await built.RecommendAsync(query, count: 90, Token)).Select(h => $"{h.Id} {h.Score:R}")];
        await using var opened = await new RecommenderBuilder().UseExtractor(new VectorExtractor(8)).OpenAsync<Product>(FilePath, Token);
        var hits = await opened.RecommendAsync(query, count: 90, Token);
        Assert.Equal(expected, hits.Select(h => $"{h.Id} {h.Score:R}"));
        Assert.Equal(products.Single(p => p.Sku == hits[0].Id).Price, hits[0].Item.Price);
        Assert.Equal(4, opened.ExplainedVarianceRatio.Length);
        Assert.Equal("vector(8) -> pca(4) -> k-means(6) -> cosine", opened.Describe());
    }

    [Fact]
    public async Task OpenAsync_OtherExtractor_NamesBothFingerprints()
    {
        await (await BuildAsync(Product.Cloud(9), FilePath)).DisposeAsync();
        var error = await Assert.ThrowsAsync<CatalogFileException>(
            () => new RecommenderBuilder().UseExtractor(new VectorExtractor(fingerprint: "vector-2")).OpenAsync<Product>(FilePath, Token));
        Assert.Contains("vector-1", error.Message, StringComparison.Ordinal);
        Assert.Contains("vector-2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_OwnExtractorNotGiven_AsksForIt()
    {
        await (await BuildAsync(Product.Cloud(9), FilePath)).DisposeAsync();
        var error = await Assert.ThrowsAsync<CatalogFileException>(() => new RecommenderBuilder().OpenAsync<Product>(FilePath, Token));
        Assert.Contains("UseExtractor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_OtherItemType_NamesBoth()
    {
        await (await BuildAsync(Product.Cloud(9), FilePath)).DisposeAsync();
        var error = await Assert.ThrowsAsync<CatalogFileException>(() => Builder().OpenAsync<string>(FilePath, Token));
        Assert.Contains("Product", error.Message, StringComparison.Ordinal);
        Assert.Contains("String", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NoSuchFile_SaysSo() =>
        Assert.Contains("no catalog file",
            (await Assert.ThrowsAsync<CatalogFileException>(() => Builder().OpenAsync(FilePath, Token))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task BuildAsync_ForeignFiles_AreRefusedAndLeftAsTheyAre()
    {
        await File.WriteAllTextAsync(FilePath, "a letter to my aunt, longer than sixteen bytes", Token);
        Assert.Contains("not a catalog file",
            (await Assert.ThrowsAsync<CatalogFileException>(() => BuildAsync(Product.Cloud(3), FilePath))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("a letter", await File.ReadAllTextAsync(FilePath, Token), StringComparison.Ordinal);

        File.Delete(FilePath);
        Execute("CREATE TABLE recipes(name TEXT)");
        Assert.Contains("another program",
            (await Assert.ThrowsAsync<CatalogFileException>(() => BuildAsync(Product.Cloud(3), FilePath))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NewerVersion_SaysToUpdate()
    {
        await (await BuildAsync(Product.Cloud(9), FilePath)).DisposeAsync();
        Execute("PRAGMA user_version = 99");
        Assert.Contains("version 99",
            (await Assert.ThrowsAsync<CatalogFileException>(() => Builder().OpenAsync<Product>(FilePath, Token))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_UnfinishedBuild_SaysToRunItAgain()
    {
        var extractor = new VectorExtractor
        {
            BeforeBatch = computed => _ = computed > 150 ? throw new IOException("the network is away") : 0,
        };
        await Assert.ThrowsAsync<IOException>(() => BuildAsync(Product.Cloud(300), FilePath, extractor));
        var error = await Assert.ThrowsAsync<CatalogFileException>(() => Builder().OpenAsync<Product>(FilePath, Token));
        Assert.Contains("Run the same build again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_AnyByteDamaged_NeverGivesAWrongAnswer()
    {
        await (await BuildAsync(Product.Cloud(40), FilePath)).DisposeAsync();
        var whole = await File.ReadAllBytesAsync(FilePath, Token);
        var query = VectorExtractor.Picture(0.3f, 0.2f, 0.9f);
        var expected = await AnswerAsync(FilePath, query);
        var random = new Random(11);
        var refused = 0;
        for (var i = 0; i < 150; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(100, damaged.Length)] ^= (byte)(1 << random.Next(8));
            var path = Path.Combine(Folder, $"damaged-{i}");
            await File.WriteAllBytesAsync(path, damaged, Token);
            try
            {
                Assert.Equal(expected, await AnswerAsync(path, query));
            }
            catch (CatalogFileException e)
            {
                Assert.Contains("damaged-", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.InRange(refused, 10, 150);
    }

    [Fact]
    public async Task OpenAsync_CutShort_IsRefused()
    {
        await (await BuildAsync(Product.Cloud(400), FilePath)).DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(FilePath, Token);
        await File.WriteAllBytesAsync(FilePath, bytes[..(bytes.Length / 2)], Token);
        Assert.Contains("damaged",
            (await Assert.ThrowsAsync<CatalogFileException>(() => Builder().OpenAsync<Product>(FilePath, Token))).Message,
            StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(string path, ImageSource query)
    {
        await using var engine = await Builder().OpenAsync<Product>(path, Token);
        var hits = await engine.RecommendAsync(query, count: 50, Token);
        return string.Join("\n", hits.Select(h => $"{h.Id} {h.Score:R} {h.Category} {h.Item.Price} {h.Item.Sku}"));
    }
}
