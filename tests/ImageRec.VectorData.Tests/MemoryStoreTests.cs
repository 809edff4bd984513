using ImageRec.Sharing.Stores;
using ImageRec.Tests.Engine;
using ImageRec.VectorData.Store;
using ImageRec.VectorData.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace ImageRec.VectorData.Tests;

/// <summary>A shared catalog in a store in memory, and what only such a store can be made to do.</summary>
public sealed class MemoryStoreTests : VectorStoreTests
{
    private static readonly List<Product> s_products = Product.Cloud(40, 8);

    private protected override VectorStore Store { get; } = new MemoryVectorStore();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recommend_FilterThatTheStoreTakesOrRefuses_SameAnswers(bool refuses)
    {
        using var store = new MemoryVectorStore { RefusesFilters = refuses };
        var catalog = SharedCatalog.VectorStore(store, "shop", o => o.Attributes.Add(nameof(Product.Price)));
        await using var engine = await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token);
        var options = new RecommendOptions<Product> { Count = 5, Where = SharedFilter.Of<Product>(product => product.Price >= 37) };

        var answers = await engine.RecommendAsync(VectorExtractor.Picture(Point(1)), options, Token);

        Assert.Equal(["sku-37", "sku-38", "sku-39"], answers.Select(answer => answer.Id).Order());
        Assert.Contains("r => (Convert(r.get_Item(\"Price\"), Nullable`1) >= 37)", store.Filters);
        // A refused filter is not sent again.
        var asked = store.Filters.Count;
        await engine.RecommendAsync(VectorExtractor.Picture(Point(2)), options, Token);
        Assert.Equal(refuses, asked == store.Filters.Count);
    }

    [Fact]
    public async Task Recommend_StoreAwayDuringAFilteredSearch_FiltersAgainAfterwards()
    {
        using var store = new MemoryVectorStore();
        var catalog = SharedCatalog.VectorStore(store, "shop", o => o.Attributes.Add(nameof(Product.Price)));
        await using var engine = await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token);
        var options = new RecommendOptions<Product> { Count = 3, Where = SharedFilter.Of<Product>(product => product.Price >= 30) };
        var query = (await engine.GetVectorAsync("sku-1", Token))!.Value;

        store.Failure = new InvalidOperationException("The connection is closed.");
        await Assert.ThrowsAsync<SharedCatalogException>(() => engine.RecommendByVectorAsync(query, options, Token));
        store.Failure = null;
        store.Filters.Clear();
        await engine.RecommendByVectorAsync(query, options, Token);

        Assert.NotEmpty(store.Filters);
    }

    [Fact]
    public async Task DeleteAsync_AnotherCatalogCalledLikeItsItems_LeavesThatOne()
    {
        using var store = new MemoryVectorStore();
        var (gone, kept) = (SharedCatalog.VectorStore(store, "shop"), SharedCatalog.VectorStore(store, "shop-20261127"));
        await (await Builder().BuildAsync(CatalogOf(s_products), gone, cancellationToken: Token)).DisposeAsync();
        await (await Builder().BuildAsync(CatalogOf(s_products), kept, cancellationToken: Token)).DisposeAsync();

        await gone.DeleteAsync(Token);

        await using var engine = await Builder().OpenAsync<Product>(kept, Token);
        Assert.Equal(40, await engine.CountAsync(Token));
        await Assert.ThrowsAsync<SharedCatalogException>(() => Builder().OpenAsync<Product>(gone, Token));
    }

    [Fact]
    public async Task Recommend_StoreAway_IsAnErrorThatNamesIt()
    {
        using var store = new MemoryVectorStore();
        await using var engine = await Builder().BuildAsync(
            CatalogOf(s_products), SharedCatalog.VectorStore(store, "shop"), cancellationToken: Token);
        store.Failure = new VectorStoreException("Call failed", new IOException("The connection was refused."));
        var error = await Assert.ThrowsAsync<SharedCatalogException>(
            () => engine.RecommendAsync(VectorExtractor.Picture(Point(1)), 3, Token));
        Assert.Equal(
            "'shop' in memory could not be read or changed: The connection was refused. See that the store runs and can be reached, then "
            + "try again.", error.Message);
        var health = Assert.Single(await engine.CheckHealthAsync(Token));
        Assert.Equal((false, error.Message), (health.IsAvailable, health.Problem));
        store.Failure = null;
        Assert.True((await engine.CheckHealthAsync(Token))[0].IsAvailable);
        Assert.Equal(3, (await engine.RecommendAsync(VectorExtractor.Picture(Point(1)), 3, Token)).Count);
    }

    [Fact]
    public async Task Count_GivenByTheApp_IsAskedWithTheNameOfTheItemsCollection()
    {
        using var store = new MemoryVectorStore();
        var names = new List<string>();
        var catalog = SharedCatalog.VectorStore(store, "shop", o => o.Count = (name, _) =>
        {
            names.Add(name);
            return Task.FromResult((long)store.Collections[name].Count);
        });
        await using var engine = await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token);
        Assert.Equal(40, await engine.CountAsync(Token));
        Assert.Single(names.Distinct());
        Assert.Matches("^shop-[0-9a-f]{8}$", names[0]);
    }

    [Fact]
    public async Task Publish_BlobsLargerThanAPiece_AreWrittenInPiecesAndChecked()
    {
        using var store = new MemoryVectorStore();
        var fields = new RecordFields(typeof(string), DistanceFunction.CosineSimilarity, indexKind: null);
        await using var index = new VectorStoreIndex(new StoreCalls(store, "shop"), fields, count: null) { Settle = TimeSpan.Zero };
        var blobs = new Dictionary<string, byte[]> { ["network"] = new byte[700_000], ["empty"] = [] };
        new Random(1).NextBytes(blobs["network"]);
        var manifest = new CatalogManifest
        {
            Version = 1, Fit = Guid.NewGuid().ToString("n"), Blobs = new Dictionary<string, BlobEntry>(), Shards = 1, Attributes = [],
            Dimensions = 3,
        };

        Assert.True(await index.PublishAsync(manifest, blobs, Token));
        Assert.False(await index.PublishAsync(manifest with { Fit = Guid.NewGuid().ToString("n") }, blobs, Token));

        var read = (await index.ReadManifestAsync(Token))!;
        Assert.Equal((manifest.Fit, 3, 1), (read.Fit, read.Blobs["network"].Chunks, read.Blobs["empty"].Chunks));
        foreach (var (name, data) in blobs)
            Assert.Equal(data, await index.ReadBlobAsync(read, name, Token));
        // Pieces, manifest, and the collections of one fit: nothing of the other is left.
        Assert.Equal((2, 5), (store.Collections.Count, store.Collections["shop"].Count));
        var piece = store.Collections["shop"].Values.First(note => ((string)note["imagerec_text"]!).Length > 300_000);
        piece["imagerec_text"] = Convert.ToBase64String(new byte[256 * 1024]);
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => index.ReadBlobAsync(read, "network", Token));
        Assert.StartsWith("'shop' is damaged: its network fails its checksum.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryLease_TakenAndGivenBack_OneHoldsItAtATime()
    {
        using var store = new MemoryVectorStore();
        var fields = new RecordFields(typeof(Guid), DistanceFunction.CosineSimilarity, indexKind: null);
        await using var first = new VectorStoreIndex(new StoreCalls(store, "shop"), fields, count: null) { Settle = TimeSpan.Zero };
        await using var second = new VectorStoreIndex(new StoreCalls(store, "shop"), fields, count: null) { Settle = TimeSpan.Zero };
        var held = await first.TryLeaseAsync("fit", Token);
        Assert.NotNull(held);
        Assert.Null(await second.TryLeaseAsync("fit", Token));
        await using (await second.TryLeaseAsync("index", Token))
        {
        }
        await held.DisposeAsync();
        await using var taken = await second.TryLeaseAsync("fit", Token);
        Assert.NotNull(taken);
    }

    [Fact]
    public void VectorStore_OptionsOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => SharedCatalog.VectorStore(Store, "a b"));
        Assert.Throws<ArgumentException>(() => SharedCatalog.VectorStore(Store, "shop", o => o.KeyType = typeof(int)));
        Assert.Throws<ArgumentException>(() => SharedCatalog.VectorStore(Store, "shop", o => o.Attributes.Add(" ")));
    }
}
