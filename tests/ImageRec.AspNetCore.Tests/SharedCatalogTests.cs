using System.Text.Json;
using DrawnProducts;
using ImageRec.AspNetCore.Contracts;
using ImageRec.Sharing.Stores;
using ImageRec.VectorData.Store;
using ImageRec.VectorData.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace ImageRec.AspNetCore.Tests;

/// <summary>Several servers share a catalog: one indexes it, all answer from it and change it.</summary>
public sealed class SharedCatalogTests : IDisposable
{
    private static readonly string s_id = TestShop.Listed[3].Sku;
    private readonly MemoryVectorStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OfTwoServers_OneIndexesAndBothAnswer()
    {
        await using var first = await StartAsync();
        await first.ReadyAsync();
        await using var second = await StartAsync();
        var status = await second.UntilAsync(s => s is { State: IndexingState.Waiting, CanRecommend: true });

        Assert.Equal((TestShop.Products, "Another server indexes this catalog; what it has is served."), (status.Indexed, status.Message));
        Assert.Equal((TestShop.Products, 0), (first.Extractor.Extracted, second.Extractor.Extracted));
        foreach (var shop in new[] { first, second })
        {
            var same = (await shop.RecommendAsync(Pictures.Draw(TestShop.Listed[3])))[0];
            Assert.Equal((s_id, true), (same.Product.Id, same.IsSamePicture));
            Assert.Equal(TestShop.Products, (await shop.GetAsync<ProductPage>("/visual/items?pageSize=5")).Total);
        }
    }

    [Fact]
    public async Task Put_OnAServerThatDoesNotIndex_IsSeenByTheOtherAtOnceAndStays()
    {
        var listed = TestShop.Listed.ToList();
        await using var first = await StartAsync(o => o.Products = _ => listed.ToList());
        await first.ReadyAsync();
        await using var second = await StartAsync(Managed);
        await second.UntilAsync(s => s is { State: IndexingState.Waiting, CanRecommend: true });
        var product = TestShop.Listed[0] with { Sku = "new-1", Name = "New" };

        using var put = await PutAsync(second, product, Pictures.Fresh(7));
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Token));

        var hit = (await first.RecommendAsync(Pictures.Fresh(7)))[0];
        Assert.Equal(("new-1", true), (hit.Product.Id, hit.IsSamePicture));
        Assert.Equal("New", (await first.GetAsync<ProductView>("/visual/items/new-1")).Name);

        // The app's Save has stored it: the next run lists it, and removes what is not listed any more.
        listed.Add(product);
        listed.RemoveAll(other => other.Sku == s_id);
        Assert.Equal(TestShop.Products + 1, await first.Catalog.Engine!.CountAsync(Token));
        first.Catalog.Reindex();
        for (var tries = 0; await first.Catalog.Engine.CountAsync(Token) > TestShop.Products; tries++)
        {
            Assert.True(tries < 600, $"It stays at {first.Catalog.Status}.");
            await Task.Delay(100, Token);
        }
        Assert.Single(await first.Catalog.Engine.GetAsync(["new-1"], Token));
        Assert.NotEqual(s_id, (await second.RecommendAsync(Pictures.Draw(TestShop.Listed[3])))[0].Product.Id);
    }

    [Fact]
    public async Task End_OfTheServerThatIndexes_AnotherTakesOver()
    {
        var first = await StartAsync();
        await first.ReadyAsync();
        await using var second = await StartAsync(o => o.Products = _ => TestShop.Listed.Take(40));
        await second.UntilAsync(s => s.State == IndexingState.Waiting);
        await first.DisposeAsync();

        var status = await second.UntilAsync(s => s.State == IndexingState.Ready);
        Assert.Equal((40, 0), (status.Indexed, second.Extractor.Extracted));
    }

    [Fact]
    public async Task Death_OfTheServerThatIndexes_AnotherTakesOverWhenItWasSilentForLongEnough()
    {
        // What a server leaves behind that has begun and was killed: a lease that nobody renews.
        await using (var index = await Catalog().ConnectAsync(Token))
        {
            await index.TryLeaseAsync("index", Token);
            var lease = _store.Collections["shop"].Values
                .First(note => ((string)note["imagerec_text"]!).EndsWith(" 0", StringComparison.Ordinal));
            lease["imagerec_text"] = "another server 17";
        }
        await using (var patient = await StartAsync(silence: TimeSpan.FromMinutes(5)))
            await patient.UntilAsync(s => s is { State: IndexingState.Waiting, CanRecommend: false });
        await using var shop = await StartAsync(silence: TimeSpan.FromSeconds(1));
        Assert.Equal(TestShop.Products, (await shop.UntilAsync(s => s.State == IndexingState.Ready)).Indexed);
    }

    [Fact]
    public async Task Recommend_StoreAway_IsAProblemThatNamesNoServer()
    {
        await using var shop = await StartAsync();
        await shop.ReadyAsync();
        _store.Failure = new VectorStoreException("Failed", new IOException("secret-host:5432 refused"));
        using var response = await shop.PostPictureAsync(Pictures.Fresh());
        await response.RefusedAsync(503, "store-away");
        Assert.DoesNotContain("secret-host", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        _store.Failure = null;
        Assert.Equal(5, (await shop.RecommendAsync(Pictures.Fresh())).Count);
    }

    [Fact]
    public async Task Start_WithoutProducts_ServesWhatTheCatalogHas()
    {
        await using (var builder = await StartAsync())
            await builder.ReadyAsync();
        await using var shop = await StartAsync(o => o.Products = null);
        await shop.ReadyAsync();
        Assert.Equal(s_id, (await shop.RecommendAsync(Pictures.Draw(TestShop.Listed[3])))[0].Product.Id);
        using var items = await shop.Client.GetAsync("/visual/items", Token);
        await items.RefusedAsync(501, "not-listed");
    }

    [Fact]
    public async Task Start_CatalogAndFile_IsRefused()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(o => o.CatalogFile = "shop.imagerec"));
        Assert.Contains("both Catalog 'shop' and CatalogFile; it takes one of them", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_CatalogAndRules_IsRefused()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(o => o.Rules("default", new Rules<DrawnProduct>())));
        Assert.Contains("Rules, and Catalog 'shop', which applies none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recommend_PartOfAPicture_IsAnotherPicture()
    {
        await using var shop = await StartAsync();
        await shop.ReadyAsync();
        var whole = await shop.RecommendAsync(Pictures.Draw(TestShop.Listed[3]));
        var part = await shop.RecommendAsync(Pictures.Draw(TestShop.Listed[3]), "?region=0.2,0.2,0.6,0.6");
        Assert.True(whole[0].IsSamePicture);
        Assert.DoesNotContain(part, hit => hit.IsSamePicture);
    }

    public void Dispose() => _store.Dispose();

    private static void Managed(ImageRecOptions<DrawnProduct> options)
    {
        options.ManagePolicy = "anyone";
        options.Save = (_, _) => ValueTask.CompletedTask;
        options.Delete = (_, _) => ValueTask.CompletedTask;
    }

    private static async Task<HttpResponseMessage> PutAsync(TestShop shop, DrawnProduct product, byte[] picture)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(product, JsonSerializerOptions.Web)), "item" },
            { TestShop.Raw(picture, "image/jpeg"), "picture", "picture.jpg" },
        };
        return await shop.Client.PutAsync($"/visual/items/{product.Sku}", form, Token);
    }

    /// <summary>The catalog, with a store in memory that needs no time to settle.</summary>
    private SharedCatalog Catalog(TimeSpan? silence = null) => new("shop", new SharedLayout(1, []), _ => Task.FromResult<ISharedIndex>(
        new VectorStoreIndex(
            new StoreCalls(_store, "shop"), new RecordFields(typeof(string), DistanceFunction.CosineSimilarity, indexKind: null),
            count: null)
        {
            Settle = TimeSpan.Zero, Silence = silence ?? TimeSpan.FromMinutes(5),
        }));

    private Task<TestShop> StartAsync(Action<ImageRecOptions<DrawnProduct>>? configure = null, TimeSpan? silence = null) =>
        TestShop.StartAsync(
            options =>
            {
                options.Catalog = Catalog(silence);
                options.FirstRetry = TimeSpan.FromMilliseconds(300);
                configure?.Invoke(options);
            },
            services => services.AddAuthorization(a => a.AddPolicy("anyone", p => p.RequireAssertion(_ => true))), wait: false);
}
