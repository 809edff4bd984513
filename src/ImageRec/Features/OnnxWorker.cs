using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace ImageRec.Features;

/// <summary>Holds the buffers of one run of a network, reused from run to run. Not thread-safe.</summary>
internal sealed class OnnxWorker : IDisposable
{
    private readonly OnnxNetwork _network;
    private readonly int _batch;
    private readonly int _imageLength;
    private readonly TensorBuffer _input;
    private readonly TensorBuffer _output;

    // Only where the network takes something else than decoding writes: Single, three channels.
    private readonly float[]? _images;
    private readonly float[]? _gray;
    private readonly float[]? _rows;
    private readonly Dictionary<(int Slot, int Count), (OrtValue Input, OrtValue Output)> _tensors = [];

    public OnnxWorker(OnnxNetwork network, int batch)
    {
        (_network, _batch) = (network, batch);
        _imageLength = checked(network.Input.Width * network.Input.Height * 3);
        _input = new(network.Input.Type, checked(batch * network.Input.Length));
        _output = new(network.Output.Type, checked(batch * network.Output.Length));
        if (!_input.IsSingle || network.Input.Channels != 3)
            _images = new float[checked(batch * _imageLength)];
        if (network.Input.Channels == 1)
            _gray = new float[network.Input.Length];
        if (!_output.IsSingle)
            _rows = new float[batch * network.Output.Length];
    }

    /// <summary>Returns the input of one image of the batch, three channels, to be written.</summary>
    public Span<float> Input(int slot) => (_images is null ? _input.Singles : _images).Slice(slot * _imageLength, _imageLength);

    /// <summary>Returns the output of one image of the batch.</summary>
    public ReadOnlySpan<float> Output(int slot) =>
        (_rows is null ? _output.Singles : _rows).Slice(slot * _network.OutputLength, _network.OutputLength);

    /// <summary>
    /// Runs the network over the first images of the batch: the whole batch at once, fewer one by one, so that only these two sizes ever
    /// run. A network of a fixed batch gets zeros for the images that are missing.
    /// </summary>
    /// <exception cref="OnnxModelException">It cannot be run, not even one by one.</exception>
    public void Run(int count)
    {
        var isFixed = _network.FixedBatch > 1;
        if (count == 0 || (count < _batch && !isFixed))
        {
            RunApart(count);
            return;
        }
        try
        {
            RunWhole(count);
        }
        catch (OnnxModelException) when (!isFixed && _batch > 1)
        {
            // Tried when the network was loaded, but what it does may depend on the images.
            RunApart(count);
        }
    }

    /// <summary>Runs the network once, over the whole batch; slots from <paramref name="count"/> on are zero.</summary>
    public void RunWhole(int count)
    {
        for (var slot = 0; slot < count; slot++)
            Convert(slot);
        _input.Clear(count * _network.Input.Length, (_batch - count) * _network.Input.Length);
        Run(0, _batch);
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

    private void RunApart(int count)
    {
        for (var slot = 0; slot < count; slot++)
        {
            Convert(slot);
            Run(slot, 1);
        }
    }

    /// <summary>Converts an image to the elements that the network takes.</summary>
    private void Convert(int slot)
    {
        if (_images is null)
            return;
        ReadOnlySpan<float> image = Input(slot);
        if (_gray is not null)
        {
            // ITU-R BT.601, as PyTorch, Pillow and OpenCV have it. Colors are planes, red first.
            TensorPrimitives.Multiply(image[..(_imageLength / 3)], 0.299f, _gray);
            TensorPrimitives.MultiplyAdd(image.Slice(_gray.Length, _gray.Length), 0.587f, _gray, _gray);
            TensorPrimitives.MultiplyAdd(image[(2 * _gray.Length)..], 0.114f, _gray, _gray);
            image = _gray;
        }
        _input.Write(slot * _network.Input.Length, image);
    }

    private void Run(int slot, int count)
    {
        var tensors = Tensors(slot, count);
        _network.Run(tensors.Input, tensors.Output);
        if (_rows is not null)
            _output.Read(slot * _network.OutputLength, _rows.AsSpan(slot * _network.OutputLength, count * _network.OutputLength));
    }

    private (OrtValue Input, OrtValue Output) Tensors(int slot, int count)
    {
        if (_tensors.TryGetValue((slot, count), out var tensors))
            return tensors;
        var (inputLength, outputLength) = (_network.Input.Length, _network.OutputLength);
        var input = _input.Tensor(slot * inputLength, count * inputLength, _network.Input.Shape(count));
        try
        {
            tensors = (input, _output.Tensor(slot * outputLength, count * outputLength, _network.Output.Shape(count)));
        }
        catch
        {
            input.Dispose();
            throw;
        }
        _tensors.Add((slot, count), tensors);
        return tensors;
    }
}
