using ImageRec.Features;
using Microsoft.ML.OnnxRuntime;

namespace ImageRec.Tests.Features;

public sealed class ResponseNormalizationTests
{
    private const int Channels = 12, Side = 6;

    [Theory]
    [InlineData(5, 0.0001f, 1)]
    [InlineData(5, 0.5f, 2)]
    [InlineData(1, 0.3f, 1)]
    [InlineData(31, 0.3f, 0.5f)]
    public void Expand_Normalization_GivesTheSameNumbers(int size, float alpha, float bias)
    {
        var network = Network(size, alpha, 0.75f, bias);
        var expanded = ResponseNormalization.Expand(network);

        Assert.DoesNotContain(OnnxGraph.Read(expanded).Nodes, node => node.Operation == "LRN");
        Assert.Equal(Run(network), Run(expanded), (a, b) => Math.Abs(a - b) <= 2e-5 * Math.Abs(a) + 1e-6);
    }

    [Fact]
    public void Expand_AnotherExponent_IsLeftAlone() =>
        Assert.Contains(OnnxGraph.Read(ResponseNormalization.Expand(Network(5, 0.1f, 0.5f, 1))).Nodes, node => node.Operation == "LRN");

    [Fact]
    public void Expand_ChannelsUnknown_IsLeftAlone()
    {
        var network = new TinyOnnx().Input("picture", 0, 3, Side, Side).Output("y", 0, 3, Side, Side)
            .Node("LRN", "y", ["picture"], TinyOnnx.Int("size", 3)).ToArray();

        Assert.Contains(OnnxGraph.Read(ResponseNormalization.Expand(network)).Nodes, node => node.Operation == "LRN");
    }

    [Fact]
    public void Expand_NoNormalization_GivesTheSameBytes()
    {
        var network = TinyOnnx.Layers(32);

        Assert.Same(network, ResponseNormalization.Expand(network));
    }

    /// <summary>picture -> conv -> relu -> LRN y.</summary>
    private static byte[] Network(int size, float alpha, float beta, float bias)
    {
        var random = new Random(1);
        return new TinyOnnx().Input("picture", 0, 3, Side, Side).Output("y", 0, Channels, Side, Side)
            .Weights("w", [Channels, 3, 1, 1], [.. Enumerable.Range(0, Channels * 3).Select(_ => (float)(random.NextDouble() * 4))])
            .Node("Conv", "conv", ["picture", "w"])
            .Node("Relu", "relu", ["conv"])
            .Node(
                "LRN",
                "y",
                ["relu"],
                TinyOnnx.Int("size", size),
                TinyOnnx.Single("alpha", alpha),
                TinyOnnx.Single("beta", beta),
                TinyOnnx.Single("bias", bias))
            .ToArray();
    }

    private static float[] Run(byte[] network)
    {
        var random = new Random(2);
        float[] picture = [.. Enumerable.Range(0, 2 * 3 * Side * Side).Select(_ => (float)(random.NextDouble() - 0.3))];
        using var session = new InferenceSession(network);
        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(picture, [2, 3, Side, Side]);
        using var outputs = session.Run(options, ["picture"], [input], ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
