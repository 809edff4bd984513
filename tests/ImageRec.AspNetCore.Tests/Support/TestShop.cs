using System.Net.Http.Json;
using DrawnProducts;
using ImageRec.AspNetCore.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Tests;

/// <summary>An app with the endpoints over a few drawn products.</summary>
internal sealed class TestShop : IAsyncDisposable
{
    public const int Products = 48;

    private readonly WebApplication _app;

    private TestShop(WebApplication app, HttpClient client, TinyExtractor extractor) =>
        (_app, Client, Extractor) = (app, client, extractor);

    public HttpClient Client { get; }

    public TinyExtractor Extractor { get; }

    public IServiceProvider Services => _app.Services;

    public VisualCatalog<DrawnProduct> Catalog => Services.GetRequiredService<VisualCatalog<DrawnProduct>>();

    /// <summary>Where indexing stood when the shop had ended.</summary>
    public IndexingStatus? Stopped { get; private set; }

    /// <summary>The engine that was left when the shop had ended.</summary>
    public IRecommendationEngine<DrawnProduct>? EngineAfterEnd { get; private set; }

    /// <summary>The products of every test shop.</summary>
    public static IReadOnlyList<DrawnProduct> Listed { get; } = DrawnCatalog.Create(Products, seed: 3);

    /// <summary>Enough products for several batches, each kept when it is done.</summary>
    public static IReadOnlyList<DrawnProduct> Many { get; } = DrawnCatalog.Create(192, seed: 4);

    /// <summary>Starts an app.</summary>
    /// <param name="configure">Changes its options.</param>
    /// <param name="services">Adds services.</param>
    /// <param name="kestrel">Listens on a port of its own, for what an in-memory server cannot show: slow, large and torn requests.</param>
    /// <param name="extractor">Shared with the test.</param>
    /// <param name="wait">Waits until everything is indexed.</param>
    /// <param name="later">Adds services after the catalog.</param>
    public static async Task<TestShop> StartAsync(
        Action<ImageRecOptions<DrawnProduct>>? configure = null, Action<IServiceCollection>? services = null, bool kestrel = false,
        TinyExtractor? extractor = null,
        bool wait = true, Action<IServiceCollection>? later = null)
    {
        extractor ??= new TinyExtractor();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.Logging.ClearProviders();
        if (kestrel)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseTestServer();
        services?.Invoke(builder.Services);
        builder.Services.AddImageRec<DrawnProduct>(options =>
        {
            options.Products = _ => Listed;
            options.Id = product => product.Sku;
            options.Name = product => product.Name;
            options.Category = product => product.Category;
            options.Image = product => ImageSource.FromBytes(Pictures.Draw(product), product.Sku);
            options.Builder = () => new RecommenderBuilder().UseExtractor(extractor).WithoutReduction().ClusterWithKMeans(4);
            options.Attribute("color", product => product.Color)
                .Attribute("price", product => product.Price)
                .Attribute("inStock", product => product.InStock);
            configure?.Invoke(options);
        });
        later?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapImageRec("/visual");
        app.MapHealthChecks("/health");
        await app.StartAsync(TestContext.Current.CancellationToken);
        var client = kestrel ? new HttpClient { BaseAddress = new Uri(app.Urls.First()) } : app.GetTestClient();
        var shop = new TestShop(app, client, extractor);
        if (wait)
            await shop.ReadyAsync();
        return shop;
    }

    public async Task ReadyAsync()
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        time.CancelAfter(TimeSpan.FromSeconds(60));
        await Catalog.WaitUntilReadyAsync(time.Token);
    }

    /// <summary>Waits for a state of indexing.</summary>
    public async Task<IndexingStatus> UntilAsync(Func<IndexingStatus, bool> condition)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        time.CancelAfter(TimeSpan.FromSeconds(60));
        await foreach (var status in Catalog.Board.FollowAsync(time.Token))
        {
            if (condition(status))
                return status;
        }
        throw new TimeoutException($"It stays at {Catalog.Status}.");
    }

    public async Task<T> GetAsync<T>(string path) => (await Client.GetFromJsonAsync<T>(path, TestContext.Current.CancellationToken))!;

    public Task<HttpResponseMessage> PostPictureAsync(byte[] picture, string query = "", string type = "application/octet-stream") =>
        Client.PostAsync($"/visual/recommendations{query}", Raw(picture, type), TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<RecommendationView>> RecommendAsync(byte[] picture, string query = "")
    {
        using var response = await PostPictureAsync(picture, query);
        return await response.ReadAsync();
    }

    public static ByteArrayContent Raw(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = new(type) } };

    public async ValueTask DisposeAsync()
    {
        var catalog = Catalog;
        await _app.StopAsync(CancellationToken.None);
        Client.Dispose();
        await _app.DisposeAsync();
        (Stopped, EngineAfterEnd) = (catalog.Status, catalog.Engine);
    }
}
