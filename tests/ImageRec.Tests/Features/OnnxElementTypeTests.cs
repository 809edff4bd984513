namespace ImageRec.Tests.Features;

/// <summary>Networks whose input or output is not four dimensions of Single with three channels.</summary>
public sealed class OnnxElementTypeTests
{
    private static readonly float[] s_planes = [0, 102, 51, 153, 255, 204];

    [Theory]
    [InlineData(TinyOnnx.UInt8)]
    [InlineData(TinyOnnx.Float16)]
    [InlineData(TinyOnnx.Double)]
    public async Task Input_OfAnotherType_GetsTheSameColors(int type)
    {
        var network = new TinyOnnx().TypedInput("picture", type, [0, 3, 1, 2]).Output("row", 0, 3, 1, 2)
            .Node("Cast", "row", ["picture"], TinyOnnx.Int("to", TinyOnnx.Float));

        Assert.Equal(s_planes, await NetworkRows.RowAsync(network.TwoWide(), NetworkRows.TwoPixels));
    }

    [Theory]
    [InlineData(TinyOnnx.Float16, -0.5f)]
    [InlineData(TinyOnnx.Double, -0.5f)]
    public async Task Input_OfAnotherType_IsPreprocessedAsDeclared(int type, float first)
    {
        var network = new TinyOnnx().TypedInput("picture", type, [0, 3, 1, 2]).Output("row", 0, 3, 1, 2)
            .Node("Cast", "row", ["picture"], TinyOnnx.Int("to", TinyOnnx.Float));

        var row = await NetworkRows.RowAsync(
            network.TwoWide().With(m => { m.PixelRange = 1; m.Mean = RgbValues.All(0.5f); }), NetworkRows.TwoPixels);

        Assert.Equal((first, 0.5f), (row[0], row[4]));
    }

    [Fact]
    public void Input_WholeColorsWithAMean_IsRefusedInTheRightWords()
    {
        var network = new TinyOnnx().TypedInput("picture", TinyOnnx.UInt8, [0, 3, 1, 2]).Output("row", 0, 3, 1, 2)
            .Node("Cast", "row", ["picture"], TinyOnnx.Int("to", TinyOnnx.Float));

        var error = NetworkRows.Fails(network.TwoWide().With(m => { m.PixelRange = 1; m.Mean = RgbValues.All(0.5f); }));

        Assert.Contains("'picture' of net is UInt8, whole colors of 0 to 255", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TinyOnnx.Float16)]
    [InlineData(TinyOnnx.Double)]
    public async Task Output_OfAnotherType_BecomesARow(int type)
    {
        var network = new TinyOnnx().Input("picture", 0, 3, 1, 2).TypedOutput("row", type, [0, 3, 1, 2])
            .Node("Cast", "row", ["picture"], TinyOnnx.Int("to", type));

        Assert.Equal(s_planes, await NetworkRows.RowAsync(network.TwoWide(), NetworkRows.TwoPixels));
        var pooled = await NetworkRows.RowAsync(network.TwoWide().With(m => m.Pooling = RowPooling.Maximum), NetworkRows.TwoPixels);
        Assert.Equal([102, 153, 255], pooled);
    }

    [Fact]
    public void Output_OfWholeNumbers_IsRefusedWithWhatToDo()
    {
        var network = new TinyOnnx().Input("picture", 0, 3, 1, 2).TypedOutput("best", TinyOnnx.Int64, [0, 1, 1, 2])
            .Node("ArgMax", "best", ["picture"], TinyOnnx.Int("axis", 1));

        Assert.Contains(
            "'best' of net is Int64 [1,1,1,2] for 1 image; embeddings are made of Float, Double or Float16. Choose another Output",
            NetworkRows.Fails(network.TwoWide()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Input_OfWholeNumbers_IsRefusedWithTheTypesThereAre()
    {
        var network = new TinyOnnx().TypedInput("tokens", TinyOnnx.Int64, [0, 3, 1, 2]).Output("row", 0, 3, 1, 2)
            .Node("Cast", "row", ["tokens"], TinyOnnx.Int("to", TinyOnnx.Float));

        Assert.Contains(
            "images go in as Float, Double, Float16 or UInt8", NetworkRows.Fails(network.TwoWide()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, ChannelOrder.Rgb, TinyOnnx.Float)]
    [InlineData(true, ChannelOrder.Rgb, TinyOnnx.Float)]
    [InlineData(false, ChannelOrder.Bgr, TinyOnnx.Float)]
    [InlineData(true, ChannelOrder.Bgr, TinyOnnx.UInt8)]
    public async Task Input_OfOneChannel_GetsTheLuminance(bool channelsLast, ChannelOrder order, int type)
    {
        int[] shape = channelsLast ? [0, 1, 2, 1] : [0, 1, 1, 2];
        var network = new TinyOnnx().TypedInput("picture", type, shape).Output("row", shape)
            .Node("Cast", "row", ["picture"], TinyOnnx.Int("to", TinyOnnx.Float));
        var model = network.TwoWide().With(m => { m.Channels = order; m.ChannelsLast = channelsLast; });

        var row = await NetworkRows.RowAsync(model, NetworkRows.TwoPixels);

        float[] expected = [(0.587f * 51) + (0.114f * 255), (0.299f * 102) + (0.587f * 153) + (0.114f * 204)];
        Assert.Equal(expected, row, (a, b) => Math.Abs(a - b) < (type == TinyOnnx.UInt8 ? 0.51f : 1e-3f));
    }

    [Fact]
    public async Task Input_OfOneChannelWithAMean_IsPreprocessedAsDeclared()
    {
        var network = new TinyOnnx().Input("picture", 0, 1, 1, 2).Output("row", 0, 1, 1, 2).Node("Identity", "row", ["picture"]);

        var row = await NetworkRows.RowAsync(
            network.TwoWide().With(m => { m.PixelRange = 1; m.Mean = RgbValues.All(0.5f); m.Std = RgbValues.All(0.5f); }),
            NetworkRows.TwoPixels);

        Assert.Equal(((((0.587f * 51) + (0.114f * 255)) / 255) - 0.5f) / 0.5f, row[0], 4);
    }

    [Fact]
    public void Input_OfFourChannels_IsRefusedInTheRightWords()
    {
        var network = new TinyOnnx().Input("picture", 0, 4, 1, 2).Output("row", 0, 4, 1, 2).Node("Identity", "row", ["picture"]);

        Assert.Contains(
            "Images have 3 channels (red, green, blue), or 1 (luminance), not 4",
            NetworkRows.Fails(network.TwoWide()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public async Task Input_WithoutAShape_GetsWhatTheNetworkTakes(int channels)
    {
        // The convolution takes so many channels and no other.
        var network = new TinyOnnx().TypedInput("picture", TinyOnnx.Float, null).TypedOutput("row", TinyOnnx.Float, null)
            .Weights("ones", [1, channels, 1, 1], [.. Enumerable.Repeat(1f, channels)])
            .Node("Conv", "row", ["picture", "ones"]);

        var row = await NetworkRows.RowAsync(network.TwoWide(), NetworkRows.TwoPixels);

        Assert.Equal(channels == 3 ? 306 : (0.587f * 51) + (0.114f * 255), row[0], 3);
    }

    [Fact]
    public async Task Input_WithoutABatchDimension_IsRunOnePictureAtATime()
    {
        var network = new TinyOnnx().Input("picture", 3, 1, 2).Output("row", 3, 1, 2).Node("Identity", "row", ["picture"]);

        var rows = await NetworkRows.RowsAsync(network.TwoWide(), [NetworkRows.TwoPixels, NetworkRows.TwoPixels, NetworkRows.TwoPixels]);

        Assert.All(rows, row => Assert.Equal(s_planes, row));
    }

    [Fact]
    public async Task Input_WithADefault_NeedNotBeGiven()
    {
        var network = new TinyOnnx().Input("picture", 0, 3, 1, 2).Input("scale", 1).Weights("scale", [1], [2]).Output("row", 0, 3, 1, 2)
            .Node("Mul", "row", ["picture", "scale"]);

        Assert.Equal(s_planes.Select(color => 2 * color), await NetworkRows.RowAsync(network.TwoWide(), NetworkRows.TwoPixels));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("picture")]
    public void Input_AnotherIsNeeded_NamesBoth(string? chosen)
    {
        var network = new TinyOnnx()
            .Input("picture", 0, 3, 1, 2)
            .Input("scale", 1)
            .Output("row", 0, 3, 1, 2)
            .Node("Mul", "row", ["picture", "scale"]);

        var error = NetworkRows.Fails(network.TwoWide().With(m => m.Input = chosen));

        Assert.Contains(
            "It has 2 inputs: 'picture' Float [N,3,1,2], 'scale' Float [1]; images fill 'picture'.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Input_TwoThatCouldTakePictures_AsksWhich()
    {
        var network = new TinyOnnx()
            .Input("left", 0, 3, 1, 2)
            .Input("right", 0, 3, 1, 2)
            .Output("row", 0, 3, 1, 2)
            .Node("Mul", "row", ["left", "right"]);

        Assert.Contains(
            "net has 2 inputs: 'left' Float [N,3,1,2], 'right' Float [N,3,1,2]. Set Input",
            NetworkRows.Fails(network.TwoWide()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 255, 1)]
    [InlineData(2, -1, 255, 1)]
    [InlineData(2, 1, 0, 1)]
    [InlineData(2, 1, float.NaN, 1)]
    [InlineData(2, 1, 255, 0)]
    public void Settings_ThatNoNetworkCanUse_AreRefused(int width, int height, float range, float std)
    {
        var network = new TinyOnnx().Input("picture", 0, 3, 1, 2).Output("row", 0, 3, 1, 2).Node("Identity", "row", ["picture"]);

        NetworkRows.Fails(
            network.TwoWide().With(m => { m.Width = width; m.Height = height; m.PixelRange = range; m.Std = new(1, std, 1); }));
    }
}
