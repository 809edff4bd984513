using System.Runtime.InteropServices;
using ImageRec.Features;

namespace ImageRec.Tests.Features;

/// <summary>Writes small ONNX files, so that tests need no download (onnx.proto: IR version 7, operators 13).</summary>
internal sealed class TinyOnnx
{
    private const int ValuesAtOnce = 1 << 16;

    private readonly List<byte[]> _graph = [];
    private readonly List<(byte[] Start, int Count, Func<float> Next)> _streamed = [];

    /// <summary>Element types of onnx.proto: TensorProto.DataType.</summary>
    public const int Float = 1, UInt8 = 2, Int64 = 7, Float16 = 10, Double = 11;

    /// <summary>Names a tensor as input; sizes below 1 are free.</summary>
    public TinyOnnx Input(string name, params int[] shape) => Add(11, ValueInfo(name, Float, shape));

    /// <summary>Names a tensor of another type as input; without a shape when that is null.</summary>
    public TinyOnnx TypedInput(string name, int type, int[]? shape) => Add(11, ValueInfo(name, type, shape));

    /// <summary>Names a tensor as declared output.</summary>
    public TinyOnnx Output(string name, params int[] shape) => Add(12, ValueInfo(name, Float, shape));

    /// <summary>Names a tensor of another type as declared output; without a shape when that is null.</summary>
    public TinyOnnx TypedOutput(string name, int type, int[]? shape) => Add(12, ValueInfo(name, type, shape));

    /// <summary>Adds an operation with one output.</summary>
    public TinyOnnx Node(string operation, string output, string[] inputs, params byte[][] attributes) => Add(1,
    [
        .. inputs.SelectMany(input => Protobuf.Field(1, input)),
        .. Protobuf.Field(2, output),
        .. Protobuf.Field(4, operation),
        .. attributes.SelectMany(attribute => Protobuf.Field(5, attribute)),
    ]);

    /// <summary>Adds weights.</summary>
    public TinyOnnx Weights(string name, int[] shape, float[] values) => Add(5,
    [
        .. shape.SelectMany(size => Number(1, size)),
        .. Number(2, 1),
        .. Protobuf.Field(8, name),
        .. Protobuf.Field(9, MemoryMarshal.AsBytes(values.AsSpan())),
    ]);

    /// <summary>Adds weights that are made while the file is written, one after the other: they are never in memory together.</summary>
    public TinyOnnx StreamedWeights(string name, int[] shape, Func<float> next)
    {
        var count = shape.Aggregate((all, size) => checked(all * size));
        byte[] start =
        [
            .. shape.SelectMany(size => Number(1, size)),
            .. Number(2, Float),
            .. Protobuf.Field(8, name),
            .. Protobuf.FieldStart(9, (long)count * sizeof(float)),
        ];
        var length = start.Length + ((long)count * sizeof(float));
        _streamed.Add(([.. Protobuf.FieldStart(5, length), .. start], count, next));
        return this;
    }

    /// <summary>Adds whole numbers, such as the shape of Reshape.</summary>
    public TinyOnnx Integers(string name, params long[] values) => Add(5,
    [
        .. Number(1, values.Length),
        .. Number(2, Int64),
        .. Protobuf.Field(8, name),
        .. Protobuf.Field(9, MemoryMarshal.AsBytes(values.AsSpan())),
    ]);

    /// <summary>Adds weights that lie in a file beside this one.</summary>
    public TinyOnnx External(string name, int[] shape, params (string Key, string Value)[] where) =>
        Add(5, ExternalTensor(name, shape, where));

    /// <summary>A tensor whose numbers lie in another file.</summary>
    public static byte[] ExternalTensor(string name, int[] shape, params (string Key, string Value)[] where) =>
    [
        .. shape.SelectMany(size => Number(1, size)),
        .. Number(2, Float),
        .. Protobuf.Field(8, name),
        .. where.SelectMany(entry => Protobuf.Field(13, [.. Protobuf.Field(1, entry.Key), .. Protobuf.Field(2, entry.Value)])),
        .. Number(14, 1),
    ];

    /// <summary>The attribute of an operation: a tensor.</summary>
    public static byte[] Tensor(string name, byte[] tensor) => [.. Protobuf.Field(1, name), .. Protobuf.Field(5, tensor), .. Number(20, 4)];

    /// <summary>The attribute of an operation: a graph.</summary>
    public static byte[] Graph(string name, TinyOnnx graph)
    {
        byte[] content = [.. graph._graph.SelectMany(field => field), .. Protobuf.Field(2, name)];
        return [.. Protobuf.Field(1, name), .. Protobuf.Field(6, content), .. Number(20, 5)];
    }

    /// <summary>The attribute of an operation: whole numbers.</summary>
    public static byte[] Ints(string name, params int[] values) =>
        [.. Protobuf.Field(1, name), .. values.SelectMany(value => Number(8, value)), .. Number(20, 7)];

    /// <summary>The attribute of an operation: one whole number.</summary>
    public static byte[] Int(string name, int value) => [.. Protobuf.Field(1, name), .. Number(3, value), .. Number(20, 2)];

    /// <summary>The attribute of an operation: one number.</summary>
    public static byte[] Single(string name, float value) =>
        [.. Protobuf.Field(1, name), 2 << 3 | 5, .. BitConverter.GetBytes(value), .. Number(20, 1)];

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        using var file = new MemoryStream();
        Save(file);
        return file.ToArray();
    }

    /// <summary>Writes the file.</summary>
    public void Save(Stream file)
    {
        var length = _graph.Sum(field => (long)field.Length)
            + _streamed.Sum(weights => weights.Start.Length + ((long)weights.Count * sizeof(float)));
        file.Write([.. Number(1, 7), .. Protobuf.FieldStart(7, length)]);
        foreach (var field in _graph)
            file.Write(field);
        foreach (var (start, count, next) in _streamed)
        {
            file.Write(start);
            WriteValues(file, count, next);
        }
        file.Write(Protobuf.Field(8, [.. Protobuf.Field(1, ""), .. Number(2, 13)]));
    }

    /// <summary>Gives back what it is given, so that rows show what the network sees.</summary>
    public static byte[] Echo(int width, int height, int batch = 0, bool channelsLast = false)
    {
        int[] shape = channelsLast ? [batch, height, width, 3] : [batch, 3, height, width];
        return new TinyOnnx().Input("picture", shape).Output("same", shape).Node("Identity", "same", ["picture"]).ToArray();
    }

    /// <summary>
    /// picture [N,3,size,size] -> conv1 [N,8,size/4,size/4] -> relu1 -> pool1 [N,8,1,1] -> row [N,8] -> scores [N,5] -> best [N,5].
    /// </summary>
    public static byte[] Layers(int size, int batch = 0)
    {
        var random = new Random(1);
        return new TinyOnnx()
            .Input("picture", batch, 3, size, size)
            .Output("best", batch, 5)
            .Weights("conv1_w", [8, 3, 5, 5], Values(8 * 3 * 5 * 5))
            .Weights("scores_w", [8, 5], Values(8 * 5))
            .Node("Conv", "conv1", ["picture", "conv1_w"], Ints("kernel_shape", 5, 5), Ints("strides", 4, 4), Ints("pads", 2, 2, 2, 2))
            .Node("Relu", "relu1", ["conv1"])
            .Node("GlobalAveragePool", "pool1", ["relu1"])
            .Node("Flatten", "row", ["pool1"], Int("axis", 1))
            .Node("MatMul", "scores", ["row", "scores_w"])
            .Node("Softmax", "best", ["scores"], Int("axis", 1))
            .ToArray();

        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private TinyOnnx Add(int field, byte[] content)
    {
        _graph.Add(Protobuf.Field(field, content));
        return this;
    }

    private static void WriteValues(Stream file, int count, Func<float> next)
    {
        var values = new float[Math.Min(count, ValuesAtOnce)];
        for (var done = 0; done < count;)
        {
            var some = values.AsSpan(0, Math.Min(values.Length, count - done));
            for (var i = 0; i < some.Length; i++)
                some[i] = next();
            file.Write(MemoryMarshal.AsBytes(some));
            done += some.Length;
        }
    }

    private static byte[] ValueInfo(string name, int type, int[]? shape)
    {
        byte[] dimensions = [.. (shape ?? []).SelectMany(size => Protobuf.Field(1, size < 1 ? Protobuf.Field(2, "N") : Number(1, size)))];
        byte[] tensor = [.. Number(1, type), .. shape is null ? [] : Protobuf.Field(2, dimensions)];
        return [.. Protobuf.Field(1, name), .. Protobuf.Field(2, Protobuf.Field(1, tensor))];
    }

    private static byte[] Number(int field, int value)
    {
        List<byte> bytes = [(byte)(field << 3 & 0x7F | (field >= 16 ? 0x80 : 0))];
        if (field >= 16)
            bytes.Add((byte)(field >> 4));
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
