using DrawnProducts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Tests;

/// <summary>Starts apps with other catalogs than that of <see cref="TestShop"/>.</summary>
internal static class CatalogApp
{
    public static RecommenderBuilder Builder() =>
        new RecommenderBuilder().UseExtractor(new TinyExtractor()).WithoutReduction().ClusterWithKMeans(2);

    /// <summary>Options of a catalog of some of the drawn products.</summary>
    public static Action<ImageRecOptions<DrawnProduct>> Over(IEnumerable<DrawnProduct> products) => options =>
    {
        options.Products = _ => products;
        options.Id = product => product.Sku;
        options.Image = product => ImageSource.FromBytes(Pictures.Draw(product), product.Sku);
        options.Builder = Builder;
    };

    /// <summary>A configuration with some keys.</summary>
    public static IConfiguration Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();

    public static async Task<WebApplication> StartAsync(
        Action<IServiceCollection> services, Action<WebApplication>? map = null, ILoggerProvider? log = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.WebHost.UseTestServer();
        services(builder.Services);
        var app = builder.Build();
        try
        {
            map?.Invoke(app);
            app.MapHealthChecks("/health");
            await app.StartAsync(TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> condition, Func<string> state)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 600, $"It stays at {state()}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
