using Microsoft.Extensions.Logging;

namespace ImageRec.Tests.Engine;

/// <summary>What builds and engines log through <see cref="RecommenderBuilder.LoggerFactory"/>.</summary>
public sealed class LogTests : EngineTest
{
    private readonly LogLines _log = new();

    [Fact]
    public async Task BuildAsync_WithAnUnreadableImage_LogsTheFiguresAndTheItem()
    {
        var products = Product.Cloud(6);

        await (await Logging().BuildAsync(WithoutImages(products, 1), FilePath, cancellationToken: Token)).DisposeAsync();

        var built = Assert.Single(_log.Lines, line => line.Id.Id == 1);
        Assert.Equal((LogLevel.Information, "ImageRec"), (built.Level, built.Category));
        Assert.Contains($"{FilePath}: 5 items in ", built.Text, StringComparison.Ordinal);
        Assert.EndsWith("5 computed, 0 unchanged, 0 removed, 1 unreadable", built.Text, StringComparison.Ordinal);
        var unreadable = Assert.Single(_log.Lines, line => line.Level == LogLevel.Warning);
        Assert.Contains($"item {products[0].Sku} is unreadable: '{products[0].Sku}' ", unreadable.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_WithManyUnreadableImages_LogsTwentyAndTheNumberOfTheOthers()
    {
        await using var engine = await Logging().BuildAsync(WithoutImages(Product.Cloud(60), 25), cancellationToken: Token);

        Assert.Equal(20, _log.Lines.Count(line => line.Id.Id == 7));
        Assert.Contains("5 more items are unreadable", Assert.Single(_log.Lines, line => line.Id.Id == 8).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_OpenedAndChanged_LogsEach()
    {
        var products = Product.Cloud(8);
        await (await BuildAsync(products[..6], FilePath)).DisposeAsync();

        await using var engine = await Logging().OpenAsync<Product>(FilePath, Token);
        await engine.UpsertAsync(Catalog(products[5..]), cancellationToken: Token);
        await engine.RemoveAsync(products[0].Sku, Token);

        Assert.Equal(
            [
                $"Information Catalog {FilePath}: opened with 6 items, {engine.Describe()}",
                $"Debug Catalog {FilePath}: 2 items computed, 1 unchanged, 8 items now",
                $"Debug Catalog {FilePath}: 1 items removed, 7 items now",
            ],
            _log.Lines.Select(line => $"{line.Level} {line.Text}"));
    }

    [Fact]
    public async Task Engine_WhoseLoggerThrows_BuildsChangesAndIsDisposed()
    {
        _log.Failure = new InvalidOperationException("The disk of the log is full.");

        var engine = await Logging().BuildAsync(WithoutImages(Product.Cloud(6), 1), FilePath, cancellationToken: Token);
        await engine.RemoveAsync("sku-2", Token);
        await engine.DisposeAsync();

        Assert.NotEmpty(_log.Lines);
        await using var opened = await Logging().OpenAsync<Product>(FilePath, Token);
        Assert.Equal(4, opened.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Engine_ThatCannotFollow_LogsTheReasonOnce()
    {
        await (await BuildAsync(Product.Cloud(6), FilePath)).DisposeAsync();
        var builder = new RecommenderBuilder { LoggerFactory = _log, RefreshInterval = TimeSpan.FromMilliseconds(5) };
        await using var engine = await builder.UseExtractor(new VectorExtractor()).OpenAsync<Product>(FilePath, Token);

        File.Move(FilePath, FilePath + ".away");
        while (!_log.Lines.Any(line => line.Level == LogLevel.Warning))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);

        var failed = Assert.Single(_log.Lines, line => line.Level == LogLevel.Warning);
        Assert.IsType<CatalogFileException>(failed.Error);
        File.Move(FilePath + ".away", FilePath);
    }

    private static ImageCatalog<Product> WithoutImages(List<Product> products, int count) => products.ToCatalog(
        p => p.Sku,
        p => products.IndexOf(p) < count ? ImageSource.FromStream(_ => throw new IOException("The store is away."), p.Sku) : p.Picture);

    private RecommenderBuilder Logging() =>
        new RecommenderBuilder { FitSampleRows = 50, LoggerFactory = _log }
            .UseExtractor(new VectorExtractor()).WithoutReduction().ClusterWithKMeans(4);
}
