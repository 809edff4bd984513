using System.Runtime.ExceptionServices;
using Microsoft.ML.OnnxRuntime;

namespace ImageRec.Features;

/// <summary>Runs a network, cut at the wanted tensor, whose input and output were checked against what the model declares.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly string _name;
    private readonly RunOptions _run;
    private readonly InferenceSession _session;

    public OnnxNetwork(OnnxModel model, OnnxOptions options)
    {
        model.Validate();
        _name = model.Name;
        Bytes = OnnxCut.Make(model, out var output);
        OutputName = output;
        _session = CreateSession(Expanded(model), model, options);
        _run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            (Input, Output) = Probe(OnnxInput.Find(_session.InputMetadata, model, output), model);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The ONNX file that runs: what was declared, cut at the output, with all its weights inside.</summary>
    public byte[] Bytes { get; }

    public string OutputName { get; }

    public OnnxInput Input { get; }

    public OnnxOutput Output { get; }

    /// <summary>The only number of images that a batch may have; null when it may have any.</summary>
    public int? FixedBatch => Output.CountsImages ? Input.Batch : 1;

    /// <summary>The shape of the output for one image, the image's dimension first even where the network has none.</summary>
    public long[] OutputShape => [1, .. Output.ImageShape];

    /// <summary>Elements of the output for one image.</summary>
    public int OutputLength => Output.Length;

    /// <summary>Runs the network on one thread, the caller's. Thread-safe.</summary>
    /// <exception cref="OnnxModelException">ONNX Runtime cannot run it on this input.</exception>
    public void Run(OrtValue input, OrtValue output)
    {
        try
        {
            _session.Run(_run, [Input.Name], [input], [OutputName], [output]);
        }
        catch (Exception e) when (OnnxSessions.IsOfRuntime(e))
        {
            throw CannotRun(e);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }

    /// <summary>Makes a network that was saved for one image take several, where ONNX Runtime accepts that.</summary>
    private static InferenceSession CreateSession(byte[] network, OnnxModel model, OnnxOptions options)
    {
        try
        {
            if (BatchFreeing.Free(network) is { } freed)
                return OnnxSessions.Create(freed, model.Weights.Name, options);
        }
        catch (Exception e) when (e is OnnxModelException or InvalidDataException)
        {
            // Some node needs the one image, or the network is damaged: it stays as it was saved, and ONNX Runtime says what is wrong.
        }
        return OnnxSessions.Create(network, model.Weights.Name, options);
    }

    private byte[] Expanded(OnnxModel model)
    {
        try
        {
            return ResponseNormalization.Expand(Bytes);
        }
        catch (InvalidDataException e)
        {
            throw new OnnxModelException(
                $"'{model.Weights.Name}' is not an ONNX network: {e.Message} It is cut off or damaged. Copy or download it again.", e);
        }
    }

    /// <summary>
    /// Runs the network once on zeros, which shows the true output shape and warms it up. The first input that works is taken.
    /// </summary>
    private (OnnxInput Input, OnnxOutput Output) Probe(IReadOnlyList<OnnxInput> inputs, OnnxModel model)
    {
        OnnxModelException? first = null;
        foreach (var input in inputs)
        {
            try
            {
                return (input, Probe(input, model));
            }
            catch (OnnxModelException e)
            {
                // The number of channels may be open; then another is tried.
                first ??= e;
            }
        }
        ExceptionDispatchInfo.Throw(first!);
        throw first!;
    }

    private OnnxOutput Probe(OnnxInput input, OnnxModel model)
    {
        var images = input.Batch ?? 1;
        var zeros = new TensorBuffer(input.Type, checked(images * input.Length));
        try
        {
            using var tensor = zeros.Tensor(0, images * input.Length, input.Shape(images));
            using var outputs = _session.Run(_run, [input.Name], [tensor], [OutputName]);
            if (!outputs[0].IsTensor)
            {
                throw new OnnxModelException(
                    $"'{OutputName}' of {_name} is no tensor ({outputs[0].OnnxType}). Choose another {nameof(OnnxModel.Output)}, "
                    + "such as an earlier layer.");
            }
            var info = outputs[0].GetTensorTypeAndShape();
            return OnnxOutput.Of(info.ElementDataType, info.Shape, images, model, OutputName);
        }
        catch (Exception e) when (OnnxSessions.IsOfRuntime(e))
        {
            throw _session.InputMetadata.Count > 1 ? NeedsMore(input, e) : CannotRun(e);
        }
    }

    private OnnxModelException CannotRun(Exception e) => new($"{_name} cannot be run up to '{OutputName}': {OnnxSessions.Sentence(e)}", e);

    private OnnxModelException NeedsMore(OnnxInput input, Exception e) => new(
        $"{_name} cannot be run up to '{OutputName}' by images alone. It has {_session.InputMetadata.Count} inputs: "
        + $"{OnnxInput.List(_session.InputMetadata)}; images fill '{input.Name}'. "
        + $"Choose an {nameof(OnnxModel.Output)} that needs no other input, or save the network with the others as constants. "
        + $"({OnnxSessions.Sentence(e)})",
        e);
}
