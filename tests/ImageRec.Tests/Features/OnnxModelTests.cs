using ImageRec.Features;

namespace ImageRec.Tests.Features;

public sealed class OnnxModelTests
{
    private static OnnxModel Layers => new OnnxModel(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32 };

    [Fact]
    public void Output_Unknown_SuggestsNearNamesAndListsAll()
    {
        var error = Fails(Layers.With(m => m.Output = "relu2"));

        Assert.Contains("tiny has no tensor 'relu2'. Did you mean 'relu1'", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "conv1 (Conv), relu1 (Relu), pool1 (GlobalAveragePool), row (Flatten), scores (MatMul), best (Softmax)",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Output_UnknownInALargeNetwork_ListsTheLastFortyAndCountsTheOthers()
    {
        var network = new TinyOnnx().Input("picture", 0, 3, 4, 4);
        for (var i = 0; i < 100; i++)
            network.Node("Relu", $"layer{i}", [i == 0 ? "picture" : $"layer{i - 1}"]);

        var error = Fails(new OnnxModel(network.Output("layer99", 0, 3, 4, 4).ToArray(), "deep") { Width = 4, Height = 4, Output = "fc7" });

        Assert.Contains("60 earlier ones, then layer60 (Relu)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("layer59", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(224, 224, false)]
    [InlineData(32, 32, true)]
    public void Size_NotTheNetworks_SaysBoth(int width, int height, bool channelsLast)
    {
        var error = Fails(Layers.With(m => { m.Width = width; m.Height = height; m.ChannelsLast = channelsLast; }));

        Assert.Contains("'picture' Float [N,3,32,32]", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{width} wide, {height} high", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_Unknown_ListsThoseThereAre() =>
        Assert.Contains(
            "has no input 'image'. It has: 'picture' Float [N,3,32,32]",
            Fails(Layers.With(m => m.Input = "image")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Pooling_OfATensorWithoutPositions_IsRefused() =>
        Assert.Contains(
            "'scores' of tiny is [1,5]",
            Fails(Layers.With(m => { m.Output = "scores"; m.Pooling = RowPooling.Average; })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("This is no network at all.")]
    [InlineData("\u0008\u0007")]
    public void Bytes_NotANetwork_AreRefused(string content) =>
        Assert.Contains(
            "'text' is not an ONNX network",
            Fails(new OnnxModel(System.Text.Encoding.UTF8.GetBytes(content), "text")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Bytes_CutOff_AreRefused() => Fails(new OnnxModel(TinyOnnx.Layers(32).AsMemory(0, 500), "half"));

    [Fact]
    public void File_Missing_IsNamed() =>
        Assert.Contains(
            "'nowhere.onnx' cannot be read: there is no such file", Fails(new OnnxModel("nowhere.onnx")).Message, StringComparison.Ordinal);

    [Fact]
    public void Cut_AtAnInnerTensor_LeavesOutWhatComesAfterAndIsRepeatable()
    {
        var cut = OnnxGraph.Read(TinyOnnx.Layers(32)).CutAt("relu1");
        var graph = OnnxGraph.Read(cut);

        Assert.Equal(["Conv", "Relu"], graph.Nodes.Select(node => node.Operation));
        Assert.Equal(["relu1"], graph.Outputs);
        Assert.Equal(cut, graph.CutAt("relu1"));
        Assert.Equal(-1, cut.AsSpan().IndexOf("scores_w"u8));
    }

    [Fact]
    public void Json_AndBytesOfTheExtractor_MakeTheSameExtractorAgain()
    {
        var model = new OnnxModel(TinyOnnx.Layers(32), "tiny")
        {
            Width = 32,
            Height = 32,
            Output = "relu1",
            Pooling = RowPooling.Maximum,
            Channels = ChannelOrder.Bgr,
            Mean = new(1, 2, 3),
            Std = new(4, 5, 6),
            Fit = ImageFit.Pad,
        };
        using var extractor = new OnnxFeatureExtractor(model);

        using var again = new OnnxFeatureExtractor(OnnxModel.FromJson(model.ToJson(), extractor.NetworkBytes));

        Assert.Equal(extractor.Fingerprint, again.Fingerprint);
        Assert.Equal("tiny/relu1(maximum)", again.Name);
        Assert.Equal(model.ToJson(), again.Model.ToJson());
    }

    [Fact]
    public void Fingerprint_AnythingThatChangesRows_ChangesIt()
    {
        var otherWeights = TinyOnnx.Layers(32);
        otherWeights[otherWeights.AsSpan().IndexOf("conv1_w"u8) + 20] ^= 1;
        OnnxModel[] models =
        [
            Layers,
            Layers.With(m => m.Output = "scores"),
            Layers.With(m => m.Channels = ChannelOrder.Bgr),
            Layers.With(m => m.PixelRange = 1),
            Layers.With(m => m.Mean = new(0, 0, 1)),
            Layers.With(m => m.Std = new(1, 2, 1)),
            Layers.With(m => m.Fit = ImageFit.Pad),
            Layers.With(m => m.Fit = ImageFit.CenterCrop),
            Layers.With(m => m.Output = "relu1"),
            Layers.With(m => m.Output = "relu1").With(m => m.Pooling = RowPooling.Average),
            Layers.With(m => m.Output = "relu1").With(m => m.Pooling = RowPooling.Maximum),
            new OnnxModel(otherWeights, "tiny") { Width = 32, Height = 32 },
        ];

        Assert.Equal(models.Length, models.Select(Fingerprint).Distinct().Count());

        static string Fingerprint(OnnxModel model)
        {
            using var extractor = new OnnxFeatureExtractor(model);
            return extractor.Fingerprint;
        }
    }

    [Fact]
    public void Compact_WithOrWithoutTheNetworkInside_WorksOrSaysWhatToDo()
    {
        if (CompactNetwork.IsPresent)
        {
            using var extractor = new OnnxFeatureExtractor(OnnxModel.Compact);
            Assert.Equal(256, extractor.Dimensions);
        }
        else
        {
            Assert.Contains(
                "has no network inside", Assert.Throws<OnnxModelException>(() => OnnxModel.Compact).Message, StringComparison.Ordinal);
        }
    }

    private static OnnxModelException Fails(OnnxModel model) => Assert.Throws<OnnxModelException>(() => new OnnxFeatureExtractor(model));
}
