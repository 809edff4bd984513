using ImageRec.AspNetCore.Contracts;

namespace ImageRec.AspNetCore.Tests;

public sealed class ProductEndpointTests
{
    [Fact]
    public async Task Items_Pages_CoverTheCatalogInOrder()
    {
        await using var shop = await TestShop.StartAsync();
        var ids = new List<string>();
        for (var page = 1; page <= 4; page++)
        {
            var found = await shop.GetAsync<ProductPage>($"/visual/items?page={page}&pageSize=15");
            Assert.Equal((TestShop.Products, 4), (found.Total, found.Pages));
            ids.AddRange(found.Products.Select(p => p.Id));
        }
        Assert.Equal(TestShop.Listed.Select(p => p.Sku), ids);
    }

    [Fact]
    public async Task Items_PageBeyondTheLast_IsEmpty()
    {
        await using var shop = await TestShop.StartAsync();
        Assert.Empty((await shop.GetAsync<ProductPage>("/visual/items?page=2000000000")).Products);
    }

    [Theory]
    [InlineData("category=Boot", 4)]
    [InlineData("category=Boot&category=Lamp", 8)]
    [InlineData("category=boot", 4)]
    [InlineData("category=Nothing", 0)]
    [InlineData("search=BOOT", 4)]
    [InlineData("search=boot%20plain%20nothing", 0)]
    public async Task Items_Filters_Apply(string query, int expected)
    {
        await using var shop = await TestShop.StartAsync();
        Assert.Equal(expected, (await shop.GetAsync<ProductPage>($"/visual/items?{query}")).Total);
    }

    [Fact]
    public async Task Items_AttributeAndRange_Apply()
    {
        await using var shop = await TestShop.StartAsync();
        var found = await shop.GetAsync<ProductPage>("/visual/items?color=Red&color=Blue&price=50..&pageSize=100");
        Assert.Equal(TestShop.Listed.Where(p => p.Color is "Red" or "Blue" && p.Price >= 50).Select(p => p.Sku),
            found.Products.Select(p => p.Id));
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("pageSize=1000")]
    public async Task Items_ParameterOutOfRange_IsRefused(string query)
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync($"/visual/items?{query}", TestContext.Current.CancellationToken);
        await response.RefusedAsync(400, "bad-parameter");
    }

    [Fact]
    public async Task Item_UnknownId_IsRefused()
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync("/visual/items/sneaker-999", TestContext.Current.CancellationToken);
        await response.RefusedAsync(404, "no-such-product");
    }

    [Fact]
    public async Task Facets_CountValuesAndRanges()
    {
        await using var shop = await TestShop.StartAsync();
        var facets = await shop.GetAsync<Facets>("/visual/facets");
        Assert.Equal(12, facets.Categories.Count);
        Assert.All(facets.Categories, c => Assert.Equal(4, c.Count));
        var price = facets.Attributes.Single(a => a.Name == "price");
        Assert.Equal((double)TestShop.Listed.Max(p => p.Price), price.Greatest);
        var stock = facets.Attributes.Single(a => a.Name == "inStock");
        Assert.Equal(TestShop.Listed.Count(p => p.InStock), stock.Values.Single(v => v.Value == "true").Count);
    }

    [Fact]
    public async Task Clusters_CoverTheCatalog_AndListTheirMembers()
    {
        await using var shop = await TestShop.StartAsync();
        var clusters = await shop.GetAsync<List<ClusterView>>("/visual/clusters");
        Assert.Equal(TestShop.Products, clusters.Sum(c => c.Size));
        Assert.Equal(clusters.Select(c => c.Size).OrderDescending(), clusters.Select(c => c.Size));
        var members = await shop.GetAsync<ProductPage>($"/visual/clusters/{clusters[0].Index}?pageSize=100");
        Assert.Equal(clusters[0].Size, members.Total);
        Assert.Equal(clusters[0].Medoid.Id, members.Products[0].Id);
    }

    [Fact]
    public async Task Cluster_UnknownIndex_IsRefused()
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync("/visual/clusters/99", TestContext.Current.CancellationToken);
        await response.RefusedAsync(404, "no-such-cluster");
    }
}
