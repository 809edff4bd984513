using System.Text.Json;
using ImageRec.AspNetCore;
using ImageRec.Torture.Fuzz.Pictures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRec.Torture.Fuzz.Uploads;

/// <summary>
/// Mutated requests to the endpoints of a small shop, in this process: each is answered or refused, never with a status of 500 or above.
/// </summary>
internal sealed class UploadTarget : IFuzzTarget
{
    private const int Products = 24;
    private readonly PictureTarget _pictures = new();
    private readonly Lazy<Task<WebApplication>> _shop = new(StartAsync);

    public string Name => "fuzz-uploads";

    public string Unit => "mutated uploads";

    public int LongCount => 100_000;

    public long MaxWorkingSet => 1_000_000_000;

    public byte[] Make(Random random) => UploadRequest.Random(random, _pictures.Make(random)).ToBytes();

    public bool Declares(Exception exception) => exception is RefusedException;

    public async Task TryAsync(byte[] input)
    {
        var request = UploadRequest.Parse(input);
        var server = (await _shop.Value).GetTestServer();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var context = await server.SendAsync(http =>
        {
            http.Request.Method = request.Method;
            http.Request.Path = PathString.FromUriComponent(request.Path);
            http.Request.QueryString = new QueryString(request.Query);
            http.Request.Body = new MemoryStream(request.Body);
            http.Request.ContentLength = request.Body.Length;
            if (request.ContentType.Length > 0)
                http.Request.ContentType = request.ContentType;
        }, patience.Token);
        using var body = new MemoryStream();
        await context.Response.Body.CopyToAsync(body, patience.Token);
        Check(context.Response.StatusCode, context.Response.ContentType, body.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop.IsValueCreated)
            await (await _shop.Value).DisposeAsync();
    }

    private static void Check(int status, string? type, byte[] body)
    {
        if (status >= 500)
            throw new WrongException($"status {status}: {System.Text.Encoding.UTF8.GetString(body)}");
        if (type?.Contains("json", StringComparison.Ordinal) == true)
        {
            using var json = JsonDocument.Parse(body);
            if (status >= 400 && !json.RootElement.TryGetProperty("detail", out _))
                throw new WrongException($"status {status} without a sentence");
        }
        if (status >= 400)
            throw new RefusedException($"status {status}");
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddAuthorizationBuilder().AddPolicy("everyone", policy => policy.RequireAssertion(_ => true));
        builder.Services.AddImageRec<Product>(options =>
        {
            options.Products = _ => Enumerable.Range(0, Products).Select(i => new Product($"p{i}", i % 2 == 0 ? "red" : "blue", i));
            options.Id = product => product.Id;
            options.Category = product => product.Color;
            options.Image = product => ImageSource.FromBytes(
                OtherWriters.Bmp(new Random(product.Id.Length + product.Price.GetHashCode()), 16, 24), product.Id);
            options.Builder = () => new RecommenderBuilder().UseExtractor(new ColorExtractor()).ReduceWithPca(8).WithoutClusters()
                .LearnCategories();
            options.Attribute("color", product => product.Color).Attribute("price", product => product.Price);
            options.ManagePolicy = "everyone";
            options.Limits = new UploadLimits { PerMinute = 1_000_000, Burst = 1_000_000 };
        });
        var app = builder.Build();
        app.MapImageRec("/visual");
        await app.StartAsync();
        await app.Services.GetRequiredService<VisualCatalog<Product>>().WaitUntilReadyAsync(CancellationToken.None);
        return app;
    }
}
