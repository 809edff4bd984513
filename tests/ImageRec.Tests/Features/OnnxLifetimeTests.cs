using ImageRec.Contracts;
using ImageRec.Features;

namespace ImageRec.Tests.Features;

/// <summary>Buffers and native memory come back whatever happens meanwhile.</summary>
public sealed class OnnxLifetimeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Extract_SourceThatThrows_GivesTheWorkerBack()
    {
        using var extractor = Create();
        var broken = ImageSource.FromStream(_ => throw new DivideByZeroException());

        for (var i = 0; i < 20; i++)
            await Record.ExceptionAsync(async () => await extractor.ExtractAsync([broken], new float[extractor.Dimensions], Token));

        Assert.Equal(1, extractor.Workers);
        Assert.Empty(await extractor.ExtractAsync([SamplePictures.Drawn(1)], new float[extractor.Dimensions], Token));
        Assert.Equal(1, extractor.Workers);
    }

    [Fact]
    public async Task Extract_Canceled_GivesTheWorkerBack()
    {
        using var extractor = Create();

        for (var i = 0; i < 20; i++)
        {
            using var stop = new CancellationTokenSource();
            var source = ImageSource.FromStream(async token =>
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
                return Stream.Null;
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await extractor.ExtractAsync([source], new float[extractor.Dimensions], stop.Token));
        }

        Assert.Equal(1, extractor.Workers);
    }

    [Fact]
    public async Task Dispose_WhilePicturesAreWorkedOn_FinishesTheseAndFreesThen()
    {
        var extractor = Create();
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = ImageSource.FromStream(async _ =>
        {
            reached.SetResult();
            await goOn.Task;
            return new MemoryStream(SamplePictures.Bmp(8, 8, (x, y) => ((byte)x, (byte)y, 1)));
        });
        var row = new float[extractor.Dimensions];
        var running = extractor.ExtractAsync([slow], row, Token).AsTask();
        await reached.Task;

        extractor.Dispose();
        extractor.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await extractor.ExtractAsync([SamplePictures.Drawn(1)], new float[extractor.Dimensions], Token));
        Assert.Equal(1, extractor.Workers);
        goOn.SetResult();

        Assert.Empty(await running);
        Assert.Contains(row, value => value != 0);
        Assert.Equal(0, extractor.Workers);
    }

    [Fact]
    public async Task Dispose_FromWithinASource_DoesNotWaitForItself()
    {
        var extractor = Create();
        var source = ImageSource.FromStream(_ =>
        {
            extractor.Dispose();
            return ValueTask.FromResult<Stream>(new MemoryStream(SamplePictures.Bmp(8, 8, (x, y) => ((byte)x, (byte)y, 1))));
        });

        Assert.Empty(await extractor.ExtractAsync([source], new float[extractor.Dimensions], Token));

        Assert.Equal(0, extractor.Workers);
    }

    [Fact]
    public async Task Dispose_WhileManyPicturesAreLeft_StopsBeforeTheNext()
    {
        var extractor = Create();
        var sources = Enumerable.Range(0, 50).Select(i => ImageSource.FromStream(_ =>
        {
            extractor.Dispose();
            return ValueTask.FromResult<Stream>(new MemoryStream(SamplePictures.Bmp(8, 8, (x, y) => ((byte)x, (byte)y, (byte)i))));
        })).ToArray();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await extractor.ExtractAsync(sources, new float[50 * extractor.Dimensions], Token));

        Assert.Equal(0, extractor.Workers);
    }

    [Fact]
    public async Task Dispose_WhileManyThreadsExtract_EndsEachWithRowsOrObjectDisposed()
    {
        for (var round = 0; round < 10; round++)
        {
            var extractor = Create(threads: 2);
            var running = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (true)
                    await extractor.ExtractAsync(
                        [SamplePictures.Drawn(1), SamplePictures.Drawn(2)], new float[2 * extractor.Dimensions], Token);
            }, Token)).ToList();
            await extractor.ExtractAsync([SamplePictures.Drawn(3)], new float[extractor.Dimensions], Token);

            extractor.Dispose();

            foreach (var task in running)
                await Assert.ThrowsAsync<ObjectDisposedException>(() => task);
            Assert.Equal(0, extractor.Workers);
        }
    }

    private static OnnxFeatureExtractor Create(int threads = 1) =>
        new(new OnnxModel(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32 }, new() { Threads = threads });
}
