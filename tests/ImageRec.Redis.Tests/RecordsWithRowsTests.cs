using ImageRec.Sharing.Answering;
using ImageRec.Sharing.Stores;
using ImageRec.Redis.Tests.Support;
using ImageRec.Tests.Engine;

namespace ImageRec.Redis.Tests;

/// <summary>A record and a row that belong to two changes of one item never make an answer together.</summary>
public sealed class RecordsWithRowsTests(GarnetServer server) : SharedTest, IClassFixture<GarnetServer>
{
    [Fact]
    public async Task Recommend_SearchReturnsAnEarlierRecord_AnswersWithTheOneThatTheRowBelongsTo()
    {
        var products = Product.Cloud(40, Dimensions);
        var catalog = Catalog(server.Address, "torn");
        await (await Builder().BuildAsync(CatalogOf(products), catalog, cancellationToken: Token)).DisposeAsync();
        var index = await catalog.ConnectAsync(Token);
        var manifest = (await index.ReadManifestAsync(Token))!;
        index.Use(manifest);
        var old = (await index.GetAsync([products[0].Sku], Token))[0]!;
        await using (var writer = await Builder().OpenAsync<Product>(catalog, Token))
            await writer.UpsertAsync(CatalogOf([products[0] with { Price = 77, Vector = Point(5) }]), cancellationToken: Token);
        var odd = new OddIndex(index) { Found = record => record.Id == old.Id ? old : record };
        await using var engine = await SharedBuilderExtensions.LoadAsync<Product>(odd, manifest, Builder(), Token);

        var query = await engine.ComputeVectorAsync(VectorExtractor.Picture(Point(5)), Token);
        var answers = await engine.RecommendByVectorAsync(query, new() { Count = 40 }, Token);
        var hit = Assert.Single(answers, answer => answer.Id == old.Id);
        Assert.Equal(77, hit.Item.Price);
        Assert.Equal(1, hit.Score, 1e-5f);
        Assert.Equal(40, answers.Count);
    }

    [Fact]
    public void Belongs_RowsOfTwoChanges_TellsThemApart()
    {
        var (first, second) = (Point(1), Point(2));
        Assert.True(RecordsWithRows.Belongs(Record(first), first));
        Assert.False(RecordsWithRows.Belongs(Record(first), second));
        Assert.True(RecordsWithRows.Belongs(Record(first) with { RowChecksum = null }, second));
    }

    private static SharedRecord Record(float[] row) =>
        new() { Id = "a", Picture = 1, Json = "{}", RowChecksum = RecordsWithRows.ChecksumOf(row) };
}
