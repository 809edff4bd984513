using ImageRec.Redis.Tests.Support;
using ImageRec.Tests.Engine;

namespace ImageRec.Redis.Tests;

/// <summary>A server that is killed is an error that names it; one that is back is used again, with all that was acknowledged.</summary>
public sealed class KilledServerTests : SharedTest
{
    [Fact]
    public async Task Recommend_ServerKilledAndBack_ErrorThenAnswersWithEveryAcknowledgedChange()
    {
        await using var server = await GarnetProcess.StartAsync();
        var products = Product.Cloud(60, Dimensions);
        await (await Builder().BuildAsync(CatalogOf(products), Catalog(server.Address, "killed"), cancellationToken: Token)).DisposeAsync();
        var catalog = Catalog(server.Address, "killed", o => o.Timeout = TimeSpan.FromSeconds(4));
        await using var engine = await Builder().OpenAsync<Product>(catalog, Token);
        var added = new Product("added", "type-1", 1, Point(1));
        await engine.UpsertAsync(CatalogOf([added]), cancellationToken: Token);
        await engine.RemoveAsync([products[0].Sku], Token);

        await server.KillAsync();
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => engine.RecommendByVectorAsync(Point(2), null, Token));
        Assert.Contains($"of 'killed' at {server.Address} does not answer", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Shard!.Value, 0, 3);
        await Assert.ThrowsAsync<SharedCatalogException>(() => engine.UpsertAsync(CatalogOf([added]), cancellationToken: Token));

        await server.RestartAsync();
        // The client connects again by itself; it need not be there at once.
        for (var tries = 0; ; tries++)
        {
            try
            {
                await engine.CountAsync(Token);
                break;
            }
            catch (SharedCatalogException) when (tries < 20)
            {
            }
        }
        var answers = await engine.RecommendAsync(VectorExtractor.Picture(Point(1)), 100, Token);
        Assert.Equal(products.Skip(1).Select(product => product.Sku).Append("added").Order(), answers.Select(hit => hit.Id).Order());
        Assert.True(answers[0].IsSamePicture);
        await using var late = await Builder().OpenAsync<Product>(catalog, Token);
        Assert.Equal(60, await late.CountAsync(Token));
    }
}
