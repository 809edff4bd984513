using System.Runtime.InteropServices;

namespace ImageRec.Features;

/// <summary>
/// Rewrites local response normalization (Krizhevsky et al. 2012, section 3.3) into operations that run in vector instructions. ONNX
/// Runtime's own takes a power for every element, which is two thirds of AlexNet's time up to pool5.
/// </summary>
/// <remarks>
/// x / (bias + alpha/size * sum of squares over neighboring channels)^0.75 becomes a 1 x 1 convolution of the squares with a band of
/// alpha/size, and s^0.75 becomes sqrt(s) * sqrt(sqrt(s)). Normalizations with another exponent, or of an unknown number of channels, stay
/// as they are.
/// </remarks>
internal static class ResponseNormalization
{
    /// <summary>Names the rewriting in fingerprints, since the last bits of rows depend on it.</summary>
    public const string Version = "normalization-1";

    private const float Exponent = 0.75f;

    // A band of so many channels takes 16 MB; no network comes near.
    private const int MaxChannels = 2048;

    /// <summary>Returns the network with its normalizations rewritten; the same bytes when there are none.</summary>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX file.</exception>
    public static byte[] Expand(byte[] network)
    {
        var graph = OnnxGraph.Read(network);
        if (!graph.Nodes.Any(node => node.Operation == "LRN"))
            return network;
        var model = new ByteRope();
        var fields = new ProtobufReader(network);
        while (fields.Read())
        {
            if (fields.Field == OnnxGraph.GraphOfModel)
                model.AddField(OnnxGraph.GraphOfModel, ExpandGraph(network.AsMemory(fields.ContentRange), graph));
            else
                model.Add(network.AsMemory(fields.WholeRange));
        }
        return model.ToArray();
    }

    private static ByteRope ExpandGraph(ReadOnlyMemory<byte> content, OnnxGraph graph)
    {
        var expanded = new ByteRope();
        var fields = new ProtobufReader(content.Span);
        while (fields.Read())
        {
            if (fields.Field == OnnxGraph.NodeOfGraph
                && OnnxNode.Read(fields.Content) is { Operation: "LRN", Inputs.Count: 1, Outputs.Count: 1 } node
                && Settings.Read(fields.Content) is { Beta: Exponent, Size: > 0 } settings
                && Channels(graph, node.Inputs[0]) is { } channels)
                expanded.Add(ExpandNode(node, settings, channels));
            else
                expanded.Add(content[fields.WholeRange]);
        }
        return expanded;
    }

    private static byte[] ExpandNode(OnnxNode node, Settings settings, int channels)
    {
        var (x, y) = (node.Inputs[0], node.Outputs[0]);
        return
        [
            .. Weights($"{y}/band", [channels, channels, 1, 1], Band(settings, channels)),
            .. Weights($"{y}/bias", [channels], [.. Enumerable.Repeat(settings.Bias, channels)]),
            .. Node("Mul", $"{y}/squares", x, x),
            .. Node("Conv", $"{y}/sum", $"{y}/squares", $"{y}/band", $"{y}/bias"),
            .. Node("Sqrt", $"{y}/root", $"{y}/sum"),
            .. Node("Sqrt", $"{y}/root4", $"{y}/root"),
            .. Node("Mul", $"{y}/power", $"{y}/root", $"{y}/root4"),
            .. Node("Div", y, x, $"{y}/power"),
        ];
    }

    /// <summary>Makes the band, channels x channels: alpha/size where a channel is in the window of another.</summary>
    private static float[] Band(Settings settings, int channels)
    {
        var band = new float[channels * channels];
        var (before, after) = ((settings.Size - 1) / 2, settings.Size / 2);
        for (var channel = 0; channel < channels; channel++)
        {
            for (var other = Math.Max(0, channel - before); other <= Math.Min(channels - 1, channel + after); other++)
                band[channel * channels + other] = settings.Alpha / settings.Size;
        }
        return band;
    }

    /// <summary>Finds the number of channels of what a convolution computed, known from its weights or bias.</summary>
    private static int? Channels(OnnxGraph graph, string tensor)
    {
        // A damaged network may go in a circle.
        for (var steps = 0; steps < graph.Nodes.Count && graph.Producer(tensor) is { } node; steps++)
        {
            if (node.Operation == "Conv")
            {
                var sizes = node.Inputs.Skip(1).Take(2).Select(graph.FirstDimension);
                return sizes.FirstOrDefault(size => size is not null) is > 0 and <= MaxChannels and var channels ? channels : null;
            }
            if (node.Operation is not ("Relu" or "MaxPool" or "AveragePool") || node.Inputs.Count == 0)
                return null;
            tensor = node.Inputs[0];
        }
        return null;
    }

    private static byte[] Node(string operation, string output, params string[] inputs) => Protobuf.Field(
        OnnxGraph.NodeOfGraph,
        [.. inputs.SelectMany(input => Protobuf.Field(1, input)), .. Protobuf.Field(2, output), .. Protobuf.Field(4, operation)]);

    private static byte[] Weights(string name, int[] shape, float[] values) => Protobuf.Field(
        OnnxGraph.InitializerOfGraph,
        [
            .. shape.SelectMany(size => Protobuf.Field(1, size)),
            .. Protobuf.Field(2, 1),
            .. Protobuf.Field(8, name),
            .. Protobuf.Field(9, MemoryMarshal.AsBytes(values.AsSpan())),
        ]);

    /// <summary>Holds the attributes of the operator, with ONNX's defaults.</summary>
    private readonly record struct Settings(float Alpha, float Beta, float Bias, int Size)
    {
        public static Settings Read(ReadOnlySpan<byte> node)
        {
            var settings = new Settings(0.0001f, 0.75f, 1, 1);
            var fields = new ProtobufReader(node);
            while (fields.Read())
            {
                if (fields.Field == 5)
                    settings = settings.With(fields.Content);
            }
            return settings;
        }

        private Settings With(ReadOnlySpan<byte> attribute)
        {
            var (single, whole) = (0f, 0);
            var fields = new ProtobufReader(attribute);
            while (fields.Read())
            {
                if (fields.Field == 2)
                    single = BitConverter.UInt32BitsToSingle((uint)fields.Number);
                else if (fields.Field == 3)
                    whole = (int)fields.Number;
            }
            return Protobuf.Text(attribute, 1) switch
            {
                "alpha" => this with { Alpha = single },
                "beta" => this with { Beta = single },
                "bias" => this with { Bias = single },
                "size" => this with { Size = whole },
                _ => this,
            };
        }
    }
}
