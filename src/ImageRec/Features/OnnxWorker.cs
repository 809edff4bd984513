using Microsoft.ML.OnnxRuntime;

namespace ImageRec.Features;

/// <summary>The buffers of one run of a network, reused from run to run. Not thread-safe.</summary>
internal sealed class OnnxWorker : IDisposable
{
    private readonly OnnxNetwork _network;
    private readonly int _batch;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly int _inputLength;
    private readonly int _outputLength;
    private readonly Dictionary<(int Slot, int Count), (OrtValue Input, OrtValue Output)> _tensors = [];

    public OnnxWorker(OnnxNetwork network, int batch)
    {
        (_network, _batch, _outputLength) = (network, batch, network.OutputLength);
        _inputLength = checked((int)(network.InputShape[1] * network.InputShape[2] * network.InputShape[3]));
        _input = GC.AllocateArray<float>(checked(batch * _inputLength), pinned: true);
        _output = GC.AllocateArray<float>(checked(batch * _outputLength), pinned: true);
    }

    /// <summary>The input of one picture of the batch, to be written.</summary>
    public Span<float> Input(int slot) => _input.AsSpan(slot * _inputLength, _inputLength);

    /// <summary>The output of one picture of the batch.</summary>
    public ReadOnlySpan<float> Output(int slot) => _output.AsSpan(slot * _outputLength, _outputLength);

    /// <summary>Runs the network over the first pictures of the batch: the whole batch at once, fewer one by one, so that only these two sizes ever run.</summary>
    public void Run(int count)
    {
        if (count == _batch)
            Run(0, _batch);
        else
            RunApart(count);
    }

    /// <summary>Runs the network over the first pictures of the batch one by one, if it takes one.</summary>
    public void RunApart(int count)
    {
        if (_network.FixedBatch > 1 && count > 0)
        {
            Run(0, _batch);
            return;
        }
        for (var slot = 0; slot < count; slot++)
            Run(slot, 1);
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

    private void Run(int slot, int count)
    {
        if (!_tensors.TryGetValue((slot, count), out var tensors))
        {
            tensors = (Tensor(_input, _inputLength, _network.InputShape, slot, count), Tensor(_output, _outputLength, _network.OutputShape, slot, count));
            _tensors.Add((slot, count), tensors);
        }
        _network.Run(tensors.Input, tensors.Output);
    }

    private static OrtValue Tensor(float[] values, int length, long[] shape, int slot, int count) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(slot * length, count * length), [count, .. shape[1..]]);
}
