using Microsoft.ML.OnnxRuntime;

namespace ImageRec.Features;

/// <summary>The buffers of one run of a network, reused from run to run. Not thread-safe.</summary>
internal sealed class OnnxWorker : IDisposable
{
    private readonly OnnxNetwork _network;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly int _inputLength;
    private readonly int _outputLength;
    private readonly Dictionary<int, (OrtValue Input, OrtValue Output)> _tensors = [];

    public OnnxWorker(OnnxNetwork network, int batch)
    {
        (_network, _outputLength) = (network, network.OutputLength);
        _inputLength = checked((int)(network.InputShape[1] * network.InputShape[2] * network.InputShape[3]));
        _input = GC.AllocateArray<float>(checked(batch * _inputLength), pinned: true);
        _output = GC.AllocateArray<float>(checked(batch * _outputLength), pinned: true);
    }

    /// <summary>The input of one picture of the batch, to be written.</summary>
    public Span<float> Input(int slot) => _input.AsSpan(slot * _inputLength, _inputLength);

    /// <summary>The output of one picture of the batch.</summary>
    public ReadOnlySpan<float> Output(int slot) => _output.AsSpan(slot * _outputLength, _outputLength);

    /// <summary>Runs the network over the first pictures of the batch.</summary>
    public void Run(int count)
    {
        var runs = _network.FixedBatch ?? count;
        if (!_tensors.TryGetValue(runs, out var tensors))
            _tensors[runs] = tensors = (Tensor(_input, _inputLength, _network.InputShape, runs), Tensor(_output, _outputLength, _network.OutputShape, runs));
        _network.Run(tensors.Input, tensors.Output);
    }

    public void Dispose()
    {
        foreach (var (input, output) in _tensors.Values)
        {
            input.Dispose();
            output.Dispose();
        }
        _tensors.Clear();
    }

    private static OrtValue Tensor(float[] values, int length, long[] shape, int count) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, count * length), [count, .. shape[1..]]);
}
