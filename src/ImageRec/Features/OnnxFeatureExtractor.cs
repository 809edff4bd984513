using System.Collections.Concurrent;
using ImageRec.Images;

namespace ImageRec.Features;

/// <summary>Computes embeddings by an ONNX network: images are decoded, fitted and run as the <see cref="OnnxModel"/> says.</summary>
/// <remarks>
/// Each worker decodes a few images and runs the network over them on its own thread, so decoding and inference overlap and memory is
/// bounded by the number of workers. The embeddings are not normalized. A network that cannot run several images at once, or computes other
/// bits then, runs them one by one.
/// </remarks>
internal sealed class OnnxFeatureExtractor : IFeatureExtractor, IFormerFingerprints
{
    private const int DefaultBatch = 4;
    private const int RoundsOfWork = 8;
    private const int MostPreferred = 1 << 16;

    private readonly OnnxNetwork _network;
    private readonly TensorFormat _format;
    private readonly RowShape _shape;
    private readonly ImageLimits _limits;
    private readonly ConcurrentBag<OnnxWorker> _idle = [];
    private readonly SemaphoreSlim _free;
    private readonly SharedLifetime _lifetime;
    private readonly int _workers;
    private readonly int _batch;
    private readonly Lazy<int> _safeBatch;
    private readonly IReadOnlyList<string> _formerFingerprints;
    private int _made;

    /// <summary>Loads the network and runs it once.</summary>
    /// <param name="model">The network; copied.</param>
    /// <param name="options">How it uses the machine; null for the defaults.</param>
    /// <exception cref="OnnxModelException">
    /// No such file or tensor, another input size, not an ONNX file; the message lists what the network has.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">One of the <paramref name="options"/> is out of range.</exception>
    /// <exception cref="ImageLibraryException">
    /// Images cannot be decoded in this app; the message names the package that is missing.
    /// </exception>
    public OnnxFeatureExtractor(OnnxModel model, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        model = model.Copy();
        options ??= new();
        options.Validate();
        SkiaLibrary.Require();
        _network = new OnnxNetwork(model, options);
        _lifetime = new(Free);
        try
        {
            _shape = RowShape.Of(model, _network);
            // For luminance the decoder writes planes, red first, whatever the network's order.
            _format = _network.Input.Channels == 1 ? model.Format with { BlueFirst = false, Interleaved = false } : model.Format;
            _limits = options.Limits;
            _workers = options.Threads ?? Environment.ProcessorCount;
            _batch = _network.FixedBatch ?? options.Batch ?? DefaultBatch;
            RequireRoom(model, options);
        }
        catch
        {
            _network.Dispose();
            throw;
        }
        _safeBatch = new(() => BatchCheck.Passes(_network, _batch) ? _batch : 1);
        _free = new(_workers, _workers);
        Model = model;
        var pooling = model.Pooling == RowPooling.Flatten ? "" : $"({model.Pooling.ToString().ToLowerInvariant()})";
        Name = $"{model.Name}/{_network.OutputName}{pooling}";
        var fingerprint = new OnnxFingerprint(Name, _network, _shape, _format);
        Fingerprint = fingerprint.Text;
        _formerFingerprints = fingerprint.FormerTexts;
    }

    public string Name { get; }

    public string Fingerprint { get; }

    public int Dimensions => _shape.Dimensions;

    public int PreferredBatch => (int)Math.Min((long)_workers * _batch * RoundsOfWork, MostPreferred);

    /// <summary>The declaration that the extractor was made from.</summary>
    public OnnxModel Model { get; }

    IReadOnlyList<string> IFormerFingerprints.FormerFingerprints => _formerFingerprints;

    /// <summary>
    /// The network that runs, cut at the output: all it takes, with <see cref="OnnxModel.ToJson"/>, to make this extractor again.
    /// </summary>
    public ReadOnlyMemory<byte> NetworkBytes => _network.Bytes;

    /// <summary>Sets of buffers that exist.</summary>
    public int Workers => _made;

    /// <inheritdoc />
    /// <exception cref="ObjectDisposedException">The extractor was disposed, before or meanwhile.</exception>
    /// <exception cref="OnnxModelException">The network cannot be run on one of the images.</exception>
    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_lifetime.HasEnded, this);
        var needed = (long)batch.Count * Dimensions;
        if (rows.Length != needed)
        {
            throw new ArgumentException(
                $"{batch.Count} images need room for {batch.Count} x {Dimensions} = {needed} values; there is room for {rows.Length}.",
                nameof(rows));
        }
        ObjectDisposedException.ThrowIf(!_lifetime.TryEnter(), this);
        try
        {
            return await ExtractAllAsync(batch, rows, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _lifetime.Leave();
        }
    }

    /// <summary>
    /// Frees the network and all buffers: at once, or as soon as the images in work are done. Calls that are running finish these images,
    /// then throw <see cref="ObjectDisposedException"/>. May be called any number of times, from any thread.
    /// </summary>
    public void Dispose() => _lifetime.End();

    private void Free()
    {
        while (_idle.TryTake(out var worker))
        {
            worker.Dispose();
            Interlocked.Decrement(ref _made);
        }
        _network.Dispose();
    }

    private OnnxWorker NewWorker()
    {
        var worker = new OnnxWorker(_network, _batch);
        Interlocked.Increment(ref _made);
        return worker;
    }

    private void RequireRoom(OnnxModel model, OnnxOptions options)
    {
        var image = Math.Max(_format.Length, _network.OutputLength) * (long)sizeof(double);
        if (_batch * image <= Array.MaxLength)
            return;
        var most = Array.MaxLength / image;
        if (options.Batch is { } batch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                batch,
                $"{nameof(OnnxOptions.Batch)} goes up to {most} for {model.Name}, whose images take {image:N0} bytes each.");
        }
        throw new OnnxModelException(
            $"{model.Name} takes {_batch} images per batch, of {image:N0} bytes each; {most} is the most that fits. "
            + "Save it with a free or smaller first dimension.");
    }

    private async Task<IReadOnlyList<UnreadableImage>> ExtractAllAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken)
    {
        ConcurrentBag<UnreadableImage> unreadable = [];
        var size = batch.Count > 1 ? _safeBatch.Value : 1;
        var chunks = Enumerable.Range(0, (batch.Count + size - 1) / size);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _workers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chunks, parallel, async (chunk, token) =>
        {
            var first = chunk * size;
            await ExtractChunkAsync(batch, first, Math.Min(size, batch.Count - first), rows, unreadable, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return unreadable.IsEmpty ? [] : [.. unreadable.OrderBy(image => image.Index)];
    }

    private async Task ExtractChunkAsync(
        IReadOnlyList<ImageSource> batch, int first, int count, Memory<float> rows, ConcurrentBag<UnreadableImage> unreadable,
        CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        OnnxWorker? worker = null;
        try
        {
            ObjectDisposedException.ThrowIf(_lifetime.HasEnded, this);
            worker = _idle.TryTake(out var idle) ? idle : NewWorker();
            var readable = new List<int>(count);
            for (var i = first; i < first + count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await TryDecodeAsync(batch[i], worker, readable.Count, cancellationToken).ConfigureAwait(false) is { } reason)
                    unreadable.Add(new(i, reason));
                else
                    readable.Add(i);
            }
            using (PipelineTelemetry.Begin("network"))
                worker.Run(readable.Count);
            for (int i = first, slot = 0; i < first + count; i++)
            {
                var row = rows.Span.Slice(i * Dimensions, Dimensions);
                if (slot < readable.Count && readable[slot] == i)
                    _shape.Write(worker.Output(slot++), row);
                else
                    row.Clear();
            }
        }
        finally
        {
            // Whatever happened: its buffers are overwritten by the next images.
            if (worker is not null)
                _idle.Add(worker);
            _free.Release();
        }
    }

    private async ValueTask<string?> TryDecodeAsync(ImageSource source, OnnxWorker worker, int slot, CancellationToken cancellationToken)
    {
        try
        {
            var encoded = await source.Whole.ReadAsync(_limits.MaxBytes, cancellationToken).ConfigureAwait(false);
            using var decoding = PipelineTelemetry.Begin("decode");
            ImageDecoder.Decode(encoded.Span, source.Name, _limits, _format, worker.Input(slot), source.Region);
            return null;
        }
        catch (UnreadableImageException e)
        {
            return e.Message;
        }
    }
}
