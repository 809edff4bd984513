using ImageRec.Tests.Features;

namespace ImageRec.Torture.Fuzz.Networks;

/// <summary>Small networks: those of the tests, and others put together at random, most of which work.</summary>
internal static class NetworkSeeds
{
    public const int Side = 16;

    private static readonly string[] s_plain = ["Relu", "Sigmoid", "Tanh", "Abs", "Neg", "Exp", "Sqrt", "Log", "Floor", "Identity",
        "Softplus", "HardSigmoid", "Elu", "Selu", "LeakyRelu", "Erf"];

    public static IReadOnlyList<byte[]> Fixed { get; } =
    [
        TinyOnnx.Echo(Side, Side),
        TinyOnnx.Echo(Side, Side, batch: 1),
        TinyOnnx.Echo(Side, Side, channelsLast: true),
        TinyOnnx.Layers(Side),
        TinyOnnx.Layers(Side, batch: 1),
        TinyOnnx.Layers(Side, batch: 2),
    ];

    /// <summary>A chain of operations, with sizes that now and then do not fit.</summary>
    public static byte[] Random(Random random)
    {
        var batch = random.Next(4) switch { 0 => 1, 1 => 2, _ => 0 };
        var network = new TinyOnnx().Input("picture", batch, 3, Side, Side);
        var (last, channels, side) = ("picture", 3, Side);
        var operations = random.Next(1, 7);
        for (var i = 0; i < operations; i++)
        {
            var output = $"layer{i}";
            switch (random.Next(9))
            {
                case 0 or 1:
                    var (kernel, stride, next) = (Size(random, 3), Size(random, 2), Size(random, 6));
                    network.Weights($"w{i}", [next, Odd(random, channels), kernel, kernel],
                        Values(random, next * channels * kernel * kernel))
                        .Node("Conv", output, [last, $"w{i}"], TinyOnnx.Ints("strides", stride, stride),
                        TinyOnnx.Ints("pads", Pad(random), Pad(random), Pad(random), Pad(random)));
                    (channels, side) = (next, Math.Max(1, side / Math.Max(1, stride)));
                    break;
                case 2:
                    network.Node(random.Next(2) == 0 ? "MaxPool" : "AveragePool", output, [last],
                        TinyOnnx.Ints("kernel_shape", Size(random, 3), Size(random, 3)),
                        TinyOnnx.Ints("strides", Size(random, 2), Size(random, 2)));
                    side = Math.Max(1, side / 2);
                    break;
                case 3:
                    network.Node("Transpose", output, [last], TinyOnnx.Ints("perm", 0, 2, 3, Odd(random, 1)));
                    break;
                case 4:
                    network.Node("LRN", output, [last], TinyOnnx.Int("size", Odd(random, 5)), TinyOnnx.Single("alpha", 0.1f));
                    break;
                case 5:
                    network.Node("Concat", output, [last, last], TinyOnnx.Int("axis", Odd(random, 1)));
                    channels *= 2;
                    break;
                case 6:
                    network.Weights($"b{i}", [channels, 1, 1], Values(random, channels))
                        .Node(random.Next(3) switch { 0 => "Add", 1 => "Mul", _ => "Div" }, output, [last, $"b{i}"]);
                    break;
                default:
                    network.Node(s_plain[random.Next(s_plain.Length)], output, [last]);
                    break;
            }
            last = output;
        }
        if (random.Next(2) == 0)
        {
            network.Node("GlobalAveragePool", "pooled", [last]);
            last = "pooled";
        }
        if (random.Next(3) > 0)
        {
            network.Node("Flatten", "row", [last], TinyOnnx.Int("axis", Odd(random, 1)));
            last = "row";
        }
        return network.Output(last, random.Next(3) == 0 ? [0, 7] : [0]).ToArray();
    }

    // Mostly what fits; now and then what does not.
    private static int Odd(Random random, int right) => random.Next(12) == 0 ? random.Next(-3, 40) : right;

    private static int Pad(Random random) => random.Next(20) == 0 ? random.Next(100) : random.Next(2);

    private static int Size(Random random, int most) => random.Next(40) == 0 ? random.Next(0, 20) : random.Next(1, most + 1);

    private static float[] Values(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
}
