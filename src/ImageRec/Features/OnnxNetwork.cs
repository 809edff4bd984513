using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ImageRec.Features;

/// <summary>A loaded network, cut at the wanted tensor, whose input and output were checked against what the model declares.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private const int InputChannels = 3;
    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;

    public OnnxNetwork(OnnxModel model, OnnxOptions options)
    {
        Bytes = OnnxCut.Make(model, out var output);
        OutputName = output;
        try
        {
            using var session = NewSessionOptions(options);
            _session = new InferenceSession(ResponseNormalization.Expand(Bytes), session);
        }
        catch (OnnxRuntimeException e)
        {
            throw new OnnxModelException($"The network '{model.Weights.Name}' cannot be loaded: {e.Message}", e);
        }
        try
        {
            InputName = CheckedInput(model, out var fixedBatch);
            FixedBatch = fixedBatch;
            InputShape = model.Layout == TensorLayout.Nchw
                ? [fixedBatch ?? 1, InputChannels, model.Height, model.Width]
                : [fixedBatch ?? 1, model.Height, model.Width, InputChannels];
            OutputShape = Probe(model);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The ONNX file that runs: what was declared, cut at the output.</summary>
    public byte[] Bytes { get; }

    public string InputName { get; }

    public string OutputName { get; }

    /// <summary>The only number of pictures a run takes; null when it takes any.</summary>
    public int? FixedBatch { get; }

    /// <summary>Shape of the input of a run of <see cref="FixedBatch"/> or 1 pictures.</summary>
    public long[] InputShape { get; }

    /// <summary>Shape of the output of the same run.</summary>
    public long[] OutputShape { get; }

    /// <summary>Numbers of the output for one picture.</summary>
    public int OutputLength => checked((int)(OutputShape.Aggregate(1L, (product, size) => product * size) / OutputShape[0]));

    /// <summary>Runs the network on one thread, the caller's. Thread-safe.</summary>
    public void Run(OrtValue input, OrtValue output) => _session.Run(_run, [InputName], [input], [OutputName], [output]);

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }

    private static SessionOptions NewSessionOptions(OnnxOptions options)
    {
        var session = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.Configure?.Invoke(session);
        return session;
    }

    private string CheckedInput(OnnxModel model, out int? fixedBatch)
    {
        var inputs = _session.InputMetadata;
        var list = string.Join(", ", inputs.Select(input => $"'{input.Key}' {Describe(input.Value)}"));
        if (model.Input is null && inputs.Count > 1)
            throw new OnnxModelException($"{model.Name} has {inputs.Count} inputs: {list}. Set {nameof(OnnxModel.Input)} to the one that takes pictures; the others must not be needed for '{OutputName}'.");
        var name = model.Input ?? inputs.Keys.FirstOrDefault() ?? throw new OnnxModelException($"{model.Name} has no input that leads to '{OutputName}'.");
        if (!inputs.TryGetValue(name, out var tensor))
            throw new OnnxModelException($"{model.Name} has no input '{name}'. It has: {list}.");

        int[] wanted = model.Layout == TensorLayout.Nchw
            ? [InputChannels, model.Height, model.Width]
            : [model.Height, model.Width, InputChannels];
        var has = tensor.Dimensions;
        var fits = tensor.ElementDataType == TensorElementType.Float && has.Length == 4 && has.Skip(1).Zip(wanted, (a, b) => a <= 0 || a == b).All(x => x);
        if (!fits)
            throw new OnnxModelException(
                $"{model.Name} takes {list}; declared is Float [N,{string.Join(',', wanted)}] ({model.Layout}, {model.Width} wide, {model.Height} high). "
                + $"Set {nameof(OnnxModel.Width)}, {nameof(OnnxModel.Height)} and {nameof(OnnxModel.Layout)} to what the network takes.");
        fixedBatch = has[0] > 0 ? has[0] : null;
        return name;
    }

    /// <summary>One run on black, which shows the true output shape and warms the network up.</summary>
    private long[] Probe(OnnxModel model)
    {
        try
        {
            var black = new float[InputShape.Aggregate(1L, (product, size) => product * size)];
            using var input = OrtValue.CreateTensorValueFromMemory(black, InputShape);
            using var outputs = _session.Run(_run, [InputName], [input], [OutputName]);
            var info = outputs[0].GetTensorTypeAndShape();
            if (info.ElementDataType != TensorElementType.Float)
                throw new OnnxModelException($"'{OutputName}' of {model.Name} is {info.ElementDataType}; rows are made of Float.");
            if (info.Shape.Length < 2 || info.Shape[0] != InputShape[0])
                throw new OnnxModelException(
                    $"'{OutputName}' of {model.Name} is [{string.Join(',', info.Shape)}] for {InputShape[0]} pictures; its first dimension must count the pictures.");
            return info.Shape;
        }
        catch (OnnxRuntimeException e)
        {
            throw new OnnxModelException($"{model.Name} cannot be run up to '{OutputName}': {e.Message}", e);
        }
    }

    private static string Describe(NodeMetadata tensor) =>
        $"{tensor.ElementDataType} [{string.Join(',', tensor.Dimensions.Select(size => size <= 0 ? "N" : $"{size}"))}]";
}
