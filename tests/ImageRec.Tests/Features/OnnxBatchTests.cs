using ImageRec.Contracts;
using ImageRec.Features;

namespace ImageRec.Tests.Features;

/// <summary>Networks that do not take any number of pictures, or mix them.</summary>
public sealed class OnnxBatchTests
{
    private static ImageSource[] Pictures => [.. Enumerable.Range(0, 7).Select(number => SamplePictures.Drawn(number))];

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task Extract_FreeBatchThatWorksForOnePictureOnly_GivesTheRowOfEach(int? batch)
    {
        var model = Reshaped(1).TwoWide();

        var rows = await NetworkRows.RowsAsync(model, Pictures, new() { Batch = batch });

        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(await NetworkRows.RowAsync(model, Pictures[i]), rows[i]);
    }

    [Fact]
    public void Load_NotEvenOnePictureWorks_SaysItInTheWordsOfTheRuntime()
    {
        var error = NetworkRows.Fails(Reshaped(2).TwoWide());

        Assert.Contains("net cannot be run up to 'row':", error.Message, StringComparison.Ordinal);
        Assert.Contains("Reshape", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(16)]
    public async Task Extract_FixedBatch_GivesAPictureTheSameRowInAnyCompany(int batch)
    {
        var model = new OnnxModel(TinyOnnx.Layers(32, batch), "fixed") { Width = 32, Height = 32, Output = "relu1" };

        var rows = await NetworkRows.RowsAsync(model, Pictures);

        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(await NetworkRows.RowAsync(model, Pictures[i]), rows[i]);
    }

    [Fact]
    public async Task Extract_SavedForOnePicture_RunsInBatchesAndGivesTheSameRows()
    {
        var (one, any) = (Layers(1), Layers(0));
        using var extractor = one.CreateExtractor();
        using var free = any.CreateExtractor();

        Assert.Equal(free.PreferredBatch, extractor.PreferredBatch);
        Assert.Equal(await NetworkRows.RowsAsync(any, Pictures), await NetworkRows.RowsAsync(one, Pictures));

        static OnnxModel Layers(int batch) => new(TinyOnnx.Layers(32, batch), "layers") { Width = 32, Height = 32, Output = "relu1" };
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Extract_NetworkThatMixesPictures_GivesTheRowsOfOneAtATime(int batch)
    {
        var network = new TinyOnnx().Input("picture", batch, 3, 1, 2).Output("row", batch, 3, 1, 2)
            .Node("ReduceMax", "most", ["picture"], TinyOnnx.Ints("axes", 0, 2, 3))
            .Node("Add", "row", ["picture", "most"]);
        var model = network.TwoWide();

        var rows = await NetworkRows.RowsAsync(model, Pictures);

        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(await NetworkRows.RowAsync(model, Pictures[i]), rows[i]);
    }

    [Fact]
    public async Task Extract_OneDimensionalOutput_IsTheRow()
    {
        var network = new TinyOnnx()
            .Input("picture", 1, 3, 1, 2)
            .Output("row", 6)
            .Integers("shape", 6)
            .Node("Reshape", "row", ["picture", "shape"]);

        var rows = await NetworkRows.RowsAsync(network.TwoWide(), [NetworkRows.TwoPixels, SamplePictures.Drawn(1), NetworkRows.TwoPixels]);

        Assert.Equal([0, 102, 51, 153, 255, 204], rows[0]);
        Assert.Equal(rows[0], rows[2]);
    }

    [Fact]
    public async Task Extract_PicturesInTheLastDimension_GivesTheRowOfEach()
    {
        var network = new TinyOnnx().Input("picture", 0, 3, 1, 2).Output("row", 6, 0)
            .Node("Flatten", "flat", ["picture"], TinyOnnx.Int("axis", 1)).Node("Transpose", "row", ["flat"]);

        var rows = await NetworkRows.RowsAsync(network.TwoWide(), [NetworkRows.TwoPixels, SamplePictures.Drawn(1), NetworkRows.TwoPixels]);

        Assert.Equal([0, 102, 51, 153, 255, 204], rows[0]);
        Assert.Equal(rows[0], rows[2]);
    }

    [Fact]
    public async Task Extract_SqueezedOutput_GivesTheRowOfEach()
    {
        // Squeeze without axes drops the batch of one, and of one only.
        var network = new TinyOnnx().Input("picture", 0, 3, 1, 2).Output("row", 6)
            .Node("Flatten", "flat", ["picture"], TinyOnnx.Int("axis", 1)).Node("Squeeze", "row", ["flat"]);

        var rows = await NetworkRows.RowsAsync(network.TwoWide(), [NetworkRows.TwoPixels, SamplePictures.Drawn(1), NetworkRows.TwoPixels]);

        Assert.Equal([0, 102, 51, 153, 255, 204], rows[0]);
        Assert.Equal(rows[0], rows[2]);
    }

    [Fact]
    public void Load_FixedBatchWhoseOutputDoesNotCountPictures_IsRefused()
    {
        var network = new TinyOnnx()
            .Input("picture", 2, 3, 1, 2)
            .Output("row", 12)
            .Integers("shape", 12)
            .Node("Reshape", "row", ["picture", "shape"]);

        Assert.Contains(
            "'row' of net is Float [12] for 2 images; its first dimension must count the images",
            NetworkRows.Fails(network.TwoWide()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_APictureThatGivesNaN_LeavesItsNeighborsAlone()
    {
        // Zero divided by zero where a picture is black.
        var network = new TinyOnnx().Input("picture", 0, 3, 1, 2).Output("row", 0, 3, 1, 2)
            .Node("ReduceMax", "most", ["picture"], TinyOnnx.Ints("axes", 1, 2, 3)).Node("Div", "row", ["picture", "most"]);
        var black = ImageSource.FromBytes(SamplePictures.Bmp(2, 1, (_, _) => (0, 0, 0)), "black");
        var model = network.TwoWide();

        var rows = await NetworkRows.RowsAsync(model, [NetworkRows.TwoPixels, black, NetworkRows.TwoPixels, NetworkRows.TwoPixels]);

        Assert.All(rows[1], value => Assert.True(float.IsNaN(value)));
        var alone = await NetworkRows.RowAsync(model, NetworkRows.TwoPixels);
        Assert.All([rows[0], rows[2], rows[3]], row => Assert.Equal(alone, row));
    }

    [Fact]
    public async Task Extract_NetworkThatFailsOnOnePicture_SaysItInTheWordsOfTheRuntime()
    {
        // As many numbers as are not zero: none for the black picture that it is loaded with, some for others.
        var network = new TinyOnnx().Input("picture", 1, 3, 1, 2).TypedOutput("row", TinyOnnx.Float, null)
            .Node("NonZero", "places", ["picture"]).Node("Cast", "found", ["places"], TinyOnnx.Int("to", TinyOnnx.Float))
            .Node("ReduceSum", "sum", ["found"])
            .Node("Cast", "count", ["sum"], TinyOnnx.Int("to", TinyOnnx.Int64)).Integers("one", 1).Node("Add", "counted", ["count", "one"])
            .Node("Reshape", "length", ["counted", "one"]).Node("ConstantOfShape", "row", ["length"]);
        using var extractor = new OnnxFeatureExtractor(network.TwoWide());

        var error = await Assert.ThrowsAsync<OnnxModelException>(
            async () => await extractor.ExtractAsync(
                [NetworkRows.TwoPixels], new float[extractor.Dimensions], TestContext.Current.CancellationToken));

        Assert.Contains("net cannot be run up to 'row':", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_MorePicturesThanMemoryHolds_SaysHowMany()
    {
        var model = new OnnxModel(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32 };

        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxFeatureExtractor(model, new() { Batch = 1_000_000_000 }));
        using var many = new OnnxFeatureExtractor(model, new() { Threads = 1_000_000, Batch = 1_000 });
        Assert.True(many.PreferredBatch > 0);
    }

    /// <summary>Says that it takes any number of pictures, and was exported for so many.</summary>
    private static TinyOnnx Reshaped(int works) => new TinyOnnx().Input("picture", 0, 3, 1, 2).Output("row", 0, 6)
        .Integers("shape", works, 6).Node("Reshape", "row", ["picture", "shape"]);
}
