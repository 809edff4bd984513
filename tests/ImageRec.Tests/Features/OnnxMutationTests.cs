using ImageRec.Contracts;
using ImageRec.Features;

namespace ImageRec.Tests.Features;

/// <summary>Damaged networks are refused, or work; nothing else comes out.</summary>
public sealed class OnnxMutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Load_MutatedNetwork_WorksOrIsAnOnnxModelException(int seed)
    {
        var random = new Random(seed);
        byte[][] seeds = [TinyOnnx.Layers(32), TinyOnnx.Layers(32, 2), Normalized(), Branching()];
        for (var i = 0; i < 100; i++)
        {
            var mutated = Mutate(seeds[random.Next(seeds.Length)], random);
            try
            {
                using var extractor = new OnnxFeatureExtractor(
                    new OnnxModel(mutated, "mutated") { Width = 32, Height = 32 }, new() { Threads = 1, Batch = 2 });
                await extractor.ExtractAsync(
                    [SamplePictures.Drawn(1), SamplePictures.Drawn(2)],
                    new float[2 * extractor.Dimensions],
                    TestContext.Current.CancellationToken);
            }
            catch (OnnxModelException)
            {
                // Refused in words.
            }
            catch (Exception e)
            {
                Assert.Fail($"Mutation {i} of seed {seed} ({Convert.ToHexString(mutated)}): {e}");
            }
        }
    }

    [Fact]
    public void Load_NormalizationInACircle_Ends()
    {
        var network = new TinyOnnx().Input("picture", 0, 3, 1, 2).Output("row", 0, 3, 1, 2)
            .Node("Relu", "a", ["b"]).Node("Relu", "b", ["a"]).Node("LRN", "row", ["a"], TinyOnnx.Int("size", 3));

        NetworkRows.Fails(network.TwoWide());
    }

    [Fact]
    public void Load_GraphsInGraphs_Ends()
    {
        byte[] graph = [];
        for (var depth = 0; depth < 2_000; depth++)
            graph = Protobuf.Field(1, Protobuf.Field(5, Protobuf.Field(6, graph)));
        byte[] node = [.. Protobuf.Field(1, "x"), .. Protobuf.Field(2, "y"), .. Protobuf.Field(4, "Identity")];

        var error = NetworkRows.Fails(new OnnxModel(Protobuf.Field(7, [.. graph, .. Protobuf.Field(1, node)]), "deep"));

        Assert.Contains("nested deeper", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Normalized() => new TinyOnnx().Input("picture", 0, 3, 32, 32).Output("row", 0, 4, 4, 4)
        .Weights("w", [4, 3, 8, 8], [.. Enumerable.Range(0, 4 * 3 * 64).Select(i => (i % 7) - 3f)])
        .Node("Conv", "c", ["picture", "w"], TinyOnnx.Ints("kernel_shape", 8, 8), TinyOnnx.Ints("strides", 8, 8))
        .Node("LRN", "row", ["c"], TinyOnnx.Int("size", 3), TinyOnnx.Single("alpha", 0.001f)).ToArray();

    private static byte[] Branching() => new TinyOnnx().Input("picture", 0, 3, 32, 32).Output("row", 0, 3, 32, 32)
        .Node("ReduceMax", "most", ["picture"], TinyOnnx.Int("keepdims", 0)).Weights("limit", [], [128])
        .Node("Less", "dark", ["most", "limit"])
        .Node("If", "scale", ["dark"],
            TinyOnnx.Graph("then_branch", new TinyOnnx().Weights("a", [1], [1]).Output("x", 1).Node("Identity", "x", ["a"])),
            TinyOnnx.Graph("else_branch", new TinyOnnx().Weights("c", [1], [2]).Output("y", 1).Node("Identity", "y", ["c"])))
        .Node("Mul", "row", ["picture", "scale"]).ToArray();

    private static byte[] Mutate(byte[] network, Random random)
    {
        var bytes = network.ToList();
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Count > 8; changes--)
        {
            var at = random.Next(random.Next(2) == 0 ? bytes.Count : Math.Min(bytes.Count, 300));
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[^(1 + (at / 2))] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 60), bytes.Count - at)));
                    break;
            }
        }
        return [.. bytes];
    }
}
