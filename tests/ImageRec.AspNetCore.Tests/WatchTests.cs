using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Tests;

public sealed class WatchTests
{
    [Fact]
    public async Task Folder_PictureAddedChangedAndRemoved_IsFollowed()
    {
        using var folder = new TestFolder();
        Draw(folder, "a.jpg", 1);
        Draw(folder, "b.jpg", 2);
        await using var app = await StartAsync(folder.Path);
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await catalog.WaitUntilReadyAsync(TestContext.Current.CancellationToken);

        Directory.CreateDirectory(folder.File("new"));
        Draw(folder, "new/c.jpg", 3);
        await UntilAsync(catalog, () => Task.FromResult(catalog.Engine!.TryGet("new/c.jpg", out _)));
        Draw(folder, "a.jpg", 4);
        await UntilAsync(catalog, async () =>
            (await catalog.Engine!.RecommendAsync(ImageSource.FromBytes(Pictures.Fresh(4))))[0] is { Id: "a.jpg", IsSamePicture: true });
        File.Delete(folder.File("b.jpg"));
        await UntilAsync(catalog, () => Task.FromResult(catalog.Engine!.Count == 2));
    }

    [Fact]
    public async Task Folder_GoesAndComesBack_TheSiteAnswersAllAlong()
    {
        using var folder = new TestFolder();
        var photos = folder.File("photos");
        Directory.CreateDirectory(photos);
        Draw(folder, "photos/a.jpg", 1);
        Draw(folder, "photos/b.jpg", 2);
        await using var app = await StartAsync(photos, o => o.WatchInterval = TimeSpan.FromMilliseconds(300));
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await catalog.WaitUntilReadyAsync(TestContext.Current.CancellationToken);

        Directory.Move(photos, folder.File("away"));
        await UntilAsync(catalog, () => Task.FromResult(catalog.Status.State == IndexingState.Failed));
        Assert.DoesNotContain(folder.Path, catalog.Status.Message, StringComparison.Ordinal);
        Assert.Equal(2,
            (await catalog.Engine!.RecommendAsync(
            ImageSource.FromBytes(Pictures.Fresh(1)), cancellationToken: TestContext.Current.CancellationToken)).Count);
        Draw(folder, "away/c.jpg", 3);
        Directory.Move(folder.File("away"), photos);
        await UntilAsync(catalog, () => Task.FromResult(catalog.Status.State == IndexingState.Ready && catalog.Engine!.Count == 3));
        // The folder that came back is watched too.
        Draw(folder, "photos/d.jpg", 4);
        await UntilAsync(catalog, () => Task.FromResult(catalog.Engine!.Count == 4));
    }

    [Fact]
    public async Task Folder_NotThereAtTheStart_IsIndexedWhenItComes()
    {
        using var folder = new TestFolder();
        await using var app = await StartAsync(
            folder.File("photos"), o => (o.WatchInterval, o.FirstRetry) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMinutes(5)));
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await UntilAsync(catalog, () => Task.FromResult(catalog.Status.State == IndexingState.Failed));
        Directory.CreateDirectory(folder.File("photos"));
        Draw(folder, "photos/a.jpg", 1);
        await UntilAsync(catalog, () => Task.FromResult(catalog.Engine?.Count == 1));
    }

    [Fact]
    public async Task Watch_Off_LeavesTheFolderAlone()
    {
        using var folder = new TestFolder();
        Draw(folder, "a.jpg", 1);
        await using var app = await StartAsync(folder.Path, o => (o.Watch, o.WatchInterval) = (false, TimeSpan.FromMilliseconds(100)));
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await catalog.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        Draw(folder, "b.jpg", 2);
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        Assert.Equal(1, catalog.Engine!.Count);
        catalog.Reindex();
        await UntilAsync(catalog, () => Task.FromResult(catalog.Engine!.Count == 2));
    }

    [Fact]
    public async Task PhotosFolder_SetByConfigure_IsTheOneListed()
    {
        using var folder = new TestFolder();
        Draw(folder, "a.jpg", 1);
        await using var app = await StartAsync("nowhere", o => o.PhotosFolder = folder.Path);
        await app.Services.GetRequiredService<VisualCatalog<CatalogItem>>().WaitUntilReadyAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Folder_PictureCopiedSlowly_IsIndexedWhenItIsComplete()
    {
        using var folder = new TestFolder();
        using var log = new LogLines();
        Draw(folder, "a.jpg", 1);
        await using var app = await StartAsync(folder.Path, log: log);
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await catalog.WaitUntilReadyAsync(TestContext.Current.CancellationToken);

        var whole = Pictures.Fresh(2);
        await using (var copy = new FileStream(folder.File("b.jpg"), FileMode.CreateNew, FileAccess.Write, FileShare.Read))
        {
            await copy.WriteAsync(whole.AsMemory(0, whole.Length / 2), TestContext.Current.CancellationToken);
            await copy.FlushAsync(TestContext.Current.CancellationToken);
            await UntilAsync(catalog, () => Task.FromResult(log.All.Any(line => line is { Id: 9 })));
            Assert.Equal((1, 1), (catalog.Engine!.Count, catalog.Status.Unreadable));
            await copy.WriteAsync(whole.AsMemory(whole.Length / 2), TestContext.Current.CancellationToken);
        }
        await UntilAsync(catalog, async () =>
            (await catalog.Engine!.RecommendAsync(ImageSource.FromBytes(whole)))[0] is { Id: "b.jpg", IsSamePicture: true });
        await UntilAsync(catalog, () => Task.FromResult(catalog.Status.Unreadable == 0));
        Assert.DoesNotContain(log.All, line => line.Id == 7);
    }

    [Fact]
    public async Task Folder_PictureHeldByAnotherProgram_IsReadAgainWithoutAReport()
    {
        using var folder = new TestFolder();
        using var log = new LogLines();
        Draw(folder, "a.jpg", 1);
        Draw(folder, "b.jpg", 2);
        var reads = 0;
        await using var app = await StartAsync(folder.Path, log: log, configure: o =>
        {
            (o.WatchInterval, o.FirstCopyRetry) = (Timeout.InfiniteTimeSpan, TimeSpan.FromMilliseconds(50));
            o.Image = item => item.Id == "b.jpg" && Interlocked.Increment(ref reads) < 4
                ? ImageSource.FromStream(_ => throw new IOException("The process cannot access the file."), item.Id)
                : ImageSource.FromFile(item.Path!);
        });
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await UntilAsync(catalog, () => Task.FromResult(catalog.Engine?.Count == 2 && catalog.Status.Unreadable == 0));
        Assert.Contains(log.All, line => line.Id == 9 && line.Text.Contains("product b.jpg may still be copied", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => line.Id is 7 or 10);
    }

    [Fact]
    public async Task Folder_DamagedPicture_IsTriedAgainAndThenLeftOutByName()
    {
        using var folder = new TestFolder();
        using var log = new LogLines();
        Draw(folder, "a.jpg", 1);
        await File.WriteAllBytesAsync(folder.File("b.jpg"), Pictures.Fresh(2)[..900], TestContext.Current.CancellationToken);
        await using var app = await StartAsync(folder.Path, log: log, configure: o =>
            (o.WatchInterval, o.FirstCopyRetry) = (Timeout.InfiniteTimeSpan, TimeSpan.FromMilliseconds(2)));
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await UntilAsync(catalog, () => Task.FromResult(log.All.Any(line => line.Id == 7)));
        var leftOut = Assert.Single(log.All, line => line.Id == 7);
        Assert.StartsWith("Catalog default: product b.jpg is left out: ", leftOut.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(log.All, line => line.Text.Contains(folder.Path, StringComparison.Ordinal));
        Assert.Equal((1, 1), (catalog.Engine!.Count, catalog.Status.Unreadable));
        Assert.Equal(10, log.All.Count(line => line.Id == 9));
    }

    [Fact]
    public async Task Folder_DamagedPictureOfLongAgo_IsLeftOutAtOnce()
    {
        using var folder = new TestFolder();
        using var log = new LogLines();
        Draw(folder, "a.jpg", 1);
        await File.WriteAllBytesAsync(folder.File("b.jpg"), Pictures.Fresh(2)[..900], TestContext.Current.CancellationToken);
        await using var app = await StartAsync(folder.Path, o => o.CopyWindow = TimeSpan.Zero, log);
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await UntilAsync(catalog, () => Task.FromResult(log.All.Any(line => line.Id == 7)));
        Assert.DoesNotContain(log.All, line => line.Id == 9);
    }

    [Fact]
    public async Task Folder_Changes_AreCollectedIntoOneRun()
    {
        using var folder = new TestFolder();
        using var log = new LogLines();
        Draw(folder, "a.jpg", 1);
        await using var app = await StartAsync(folder.Path, log: log);
        var catalog = app.Services.GetRequiredService<VisualCatalog<CatalogItem>>();
        await catalog.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        for (var i = 2; i < 12; i++)
        {
            Draw(folder, $"{i}.jpg", i);
            await Task.Delay(40, TestContext.Current.CancellationToken);
        }
        await UntilAsync(catalog, () => Task.FromResult(catalog.Engine!.Count == 11 && log.All.Any(line => line.Id == 2)));
        Assert.InRange(log.All.Count(line => line.Id == 10), 1, 3);
    }

    private static void Draw(TestFolder folder, string name, int seed) => File.WriteAllBytes(folder.File(name), Pictures.Fresh(seed));

    private static async Task UntilAsync(VisualCatalog<CatalogItem> catalog, Func<Task<bool>> condition)
    {
        for (var i = 0; !await condition(); i++)
        {
            Assert.True(i < 600, $"It stays at {catalog.Status}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<WebApplication> StartAsync(
        string photos, Action<ImageRecOptions<CatalogItem>>? configure = null, LogLines? log = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.WebHost.UseTestServer();
        builder.Services.AddImageRec(photos);
        builder.Services.Configure<ImageRecOptions<CatalogItem>>(o =>
        {
            o.Builder = () => new RecommenderBuilder().UseExtractor(new TinyExtractor()).WithoutReduction().ClusterWithKMeans(1);
            configure?.Invoke(o);
        });
        var app = builder.Build();
        app.MapImageRec();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
