using ImageRec.Contracts;
using ImageRec.Features;

namespace ImageRec.Tests.Features;

public sealed class OnnxFeatureExtractorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static OnnxModel Layers => new OnnxModel(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32 };

    private static ImageSource TwoPixels { get; } =
        ImageSource.FromBytes(
            SamplePictures.Bmp(2, 1, (x, _) => x == 0 ? ((byte)0, (byte)51, (byte)255) : ((byte)102, (byte)153, (byte)204)));

    [Fact]
    public async Task Extract_DeclaredPreprocessing_IsWhatTheNetworkSees()
    {
        var model = new OnnxModel(TinyOnnx.Echo(2, 1))
        {
            Width = 2,
            Height = 1,
            PixelRange = 1,
            Mean = new(0.5f, 0.2f, 0),
            Std = new(0.5f, 0.1f, 2),
        };

        float[] expected = [-1, -0.2f, 0, 4, 0.5f, 0.4f];
        Assert.Equal(expected, await RowAsync(model, TwoPixels), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public async Task Extract_CaffePreprocessing_IsBlueFirstMinusMean()
    {
        var model = new OnnxModel(TinyOnnx.Echo(2, 1)) { Width = 2, Height = 1, Channels = ChannelOrder.Bgr, Mean = new(123, 117, 104) };

        float[] expected = [255 - 104, 204 - 104, 51 - 117, 153 - 117, 0 - 123, 102 - 123];
        Assert.Equal(expected, await RowAsync(model, TwoPixels));
    }

    [Fact]
    public async Task Extract_ChannelsLast_InterleavesColors()
    {
        var model = new OnnxModel(TinyOnnx.Echo(2, 1, channelsLast: true)) { Width = 2, Height = 1, ChannelsLast = true };

        float[] expected = [0, 51, 255, 102, 153, 204];
        Assert.Equal(expected, await RowAsync(model, TwoPixels));
    }

    [Theory]
    [InlineData(RowPooling.Average, new float[] { 51, 102, 229.5f })]
    [InlineData(RowPooling.Maximum, new float[] { 102, 153, 255 })]
    public async Task Extract_Pooled_GivesOneNumberAChannel(RowPooling pooling, float[] expected)
    {
        var model = new OnnxModel(TinyOnnx.Echo(2, 1)) { Width = 2, Height = 1, Pooling = pooling };
        var channelsLast = new OnnxModel(TinyOnnx.Echo(2, 1, channelsLast: true))
        {
            Width = 2,
            Height = 1,
            Pooling = pooling,
            ChannelsLast = true,
        };

        Assert.Equal(expected, await RowAsync(model, TwoPixels));
        Assert.Equal(expected, await RowAsync(channelsLast, TwoPixels));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Extract_Quarters_GivesTheirAveragesChannelByChannel(bool channelsLast)
    {
        // Red grows to the right, green downwards; the middle row and column count in both halves.
        var picture = ImageSource.FromBytes(SamplePictures.Bmp(3, 3, (x, y) => ((byte)(x * 10), (byte)(y * 100), 7)));
        var model = new OnnxModel(TinyOnnx.Echo(3, 3, channelsLast: channelsLast))
        {
            Width = 3,
            Height = 3,
            Pooling = RowPooling.Quarters,
            ChannelsLast = channelsLast,
        };

        float[] expected = [5, 15, 5, 15, 50, 50, 150, 150, 7, 7, 7, 7];
        Assert.Equal(expected, await RowAsync(model, picture));
    }

    [Fact]
    public void Extract_QuartersOfWhatHasNoRows_SaysWhatToUse()
    {
        var error = Assert.Throws<OnnxModelException>(
            () => new OnnxFeatureExtractor(Layers.With(m => { m.Output = "row"; m.Pooling = RowPooling.Quarters; })));
        Assert.Contains("positions", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "tiny/best", 5)]
    [InlineData("scores", "tiny/scores", 5)]
    [InlineData("row", "tiny/row", 8)]
    [InlineData("conv1", "tiny/conv1", 512)]
    public async Task Extract_AnyTensor_GivesItsNumbers(string? output, string name, int dimensions)
    {
        using var extractor = new OnnxFeatureExtractor(Layers.With(m => m.Output = output));

        Assert.Equal((name, dimensions), (extractor.Name, extractor.Dimensions));
        Assert.Contains(await RowAsync(Layers.With(m => m.Output = output), SamplePictures.Drawn(3)), value => value != 0);
    }

    [Fact]
    public async Task Extract_InnerTensorPooled_EqualsTheNetworksOwnPooling()
    {
        var pooled = await RowAsync(Layers.With(m => { m.Output = "relu1"; m.Pooling = RowPooling.Average; }), SamplePictures.Drawn(3));
        var own = await RowAsync(Layers.With(m => m.Output = "row"), SamplePictures.Drawn(3));

        Assert.Equal(own, pooled, (a, b) => Math.Abs(a - b) <= 1e-3 * Math.Abs(a));
    }

    [Theory]
    [InlineData("best")]
    [InlineData("scores")]
    [InlineData("conv1")]
    public async Task Extract_AnyThreadsAndBatch_GivesTheSameBits(string output)
    {
        ImageSource[] pictures = [.. Enumerable.Range(0, 19).Select(number => SamplePictures.Drawn(number))];
        List<float[]> all = [];
        foreach (var (threads, batch) in new (int?, int?)[] { (null, null), (1, 1), (1, 3), (1, 19), (2, 2), (4, 5), (3, 64) })
        {
            using var extractor = new OnnxFeatureExtractor(Layers.With(m => m.Output = output), new() { Threads = threads, Batch = batch });
            var rows = new float[pictures.Length * extractor.Dimensions];
            await extractor.ExtractAsync(pictures, rows, Token);
            all.Add(rows);
        }

        Assert.All(all, rows => Assert.Equal(all[0], rows));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Extract_NetworkOfAFixedBatch_GivesTheSameRows(int batch)
    {
        ImageSource[] pictures = [SamplePictures.Drawn(1), SamplePictures.Text, .. new[] { 2, 3, 4 }.Select(n => SamplePictures.Drawn(n))];
        var free = new float[5 * 5];
        var fixedRows = new float[5 * 5];
        using (var extractor = new OnnxFeatureExtractor(Layers))
            await extractor.ExtractAsync(pictures, free, Token);
        using (var extractor = new OnnxFeatureExtractor(new OnnxModel(TinyOnnx.Layers(32, batch)) { Width = 32, Height = 32 }))
            await extractor.ExtractAsync(pictures, fixedRows, Token);

        Assert.Equal(free, fixedRows, (a, b) => Math.Abs(a - b) <= 1e-6);
    }

    [Fact]
    public void Configure_Given_IsCalledWithTheSessionOptions()
    {
        var threads = 0;

        new OnnxFeatureExtractor(Layers, new() { ConfigureSession = options => threads = options.IntraOpNumThreads }).Dispose();

        Assert.Equal(1, threads);
    }

    [Fact]
    public async Task Extract_PictureBeyondTheLimits_IsUnreadable()
    {
        using var extractor = new OnnxFeatureExtractor(Layers, new() { Limits = new() { MaxPixels = 100 } });

        var unreadable = await extractor.ExtractAsync([SamplePictures.Drawn(1)], new float[5], Token);

        Assert.Contains("at most 100 pixels", Assert.Single(unreadable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_Twice_IsHarmlessAndExtractingAfterwardsIsAnError()
    {
        var extractor = new OnnxFeatureExtractor(Layers);
        await extractor.ExtractAsync([SamplePictures.Drawn(1)], new float[5], Token);

        extractor.Dispose();
        extractor.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await extractor.ExtractAsync([SamplePictures.Drawn(1)], new float[5], Token));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(null, 0)]
    public void Options_BelowOne_AreRefused(int? threads, int? batch) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxFeatureExtractor(Layers, new() { Threads = threads, Batch = batch }));

    private static async Task<float[]> RowAsync(OnnxModel model, ImageSource picture)
    {
        using var extractor = new OnnxFeatureExtractor(model);
        var row = new float[extractor.Dimensions];
        Assert.Empty(await extractor.ExtractAsync([picture], row, Token));
        return row;
    }
}
