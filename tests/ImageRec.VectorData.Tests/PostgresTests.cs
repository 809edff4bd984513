using ImageRec.Tests.Engine;
using ImageRec.VectorData.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace ImageRec.VectorData.Tests;

/// <summary>A shared catalog in PostgreSQL with pgvector.</summary>
public sealed class PostgresTests : VectorStoreTests, IClassFixture<PostgresServer>
{
    private readonly PostgresServer _server;

    public PostgresTests(PostgresServer server)
    {
        if (server.Missing is { } missing)
            Assert.Skip(missing);
        _server = server;
    }

    private protected override VectorStore Store => new PostgresVectorStore(_server.Source);

    [Fact]
    public async Task Open_AfterTheServerWasStartedAgain_HasWhatItHad()
    {
        var products = Product.Cloud(30, 8);
        await (await Builder().BuildAsync(CatalogOf(products), Catalog("kept-by-files"), cancellationToken: Token)).DisposeAsync();
        await _server.RestartAsync();
        await using var engine = await Builder().OpenAsync<Product>(Catalog("kept-by-files"), Token);
        Assert.Equal(30, await engine.CountAsync(Token));
        var hit = (await engine.RecommendAsync(products[3].Picture, 1, Token))[0];
        Assert.Equal(("sku-3", 1f, true), (hit.Id, hit.Score, hit.IsSamePicture));
    }
}
