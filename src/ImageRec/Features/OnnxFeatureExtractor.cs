using System.Collections.Concurrent;
using ImageRec.Images;

namespace ImageRec.Features;

/// <summary>Rows from the inside of an ONNX network: pictures are decoded, fitted and run as the <see cref="OnnxModel"/> says.</summary>
/// <remarks>
/// Each worker decodes a few pictures and runs the network over them on its own thread, so decoding and inference overlap and memory is
/// bounded by the number of workers. The rows are not normalized.
/// A network that cannot run several pictures at once, or gives other bits then, runs them one by one.
/// </remarks>
public sealed class OnnxFeatureExtractor : IFeatureExtractor, IFormerFingerprints
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
    /// <param name="model">The network.</param>
    /// <param name="options">How it uses the machine; null for the defaults.</param>
    /// <exception cref="OnnxModelException">No such file or tensor, another input size, not an ONNX file; the message lists what the network has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of <paramref name="options"/> is below 1.</exception>
    /// <exception cref="ImageLibraryException">Pictures cannot be decoded in this app; the message names the package that is missing.</exception>
    public OnnxFeatureExtractor(OnnxModel model, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads ?? 1, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Batch ?? 1, 1, nameof(options));
        SkiaLibrary.Require();
        _network = new OnnxNetwork(model, options);
        _lifetime = new(Free);
        try
        {
            _shape = RowShape.Of(model, _network);
            // For luminance the decoder gives planes, red first, whatever the network's order.
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
        Name = $"{model.Name}/{_network.OutputName}" + (model.Pooling == RowPooling.Flatten ? "" : $"({model.Pooling.ToString().ToLowerInvariant()})");
        var fingerprint = new OnnxFingerprint(Name, _network, _shape, _format);
        Fingerprint = fingerprint.Text;
        _formerFingerprints = fingerprint.FormerTexts;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public string Fingerprint { get; }

    /// <inheritdoc />
    public int Dimensions => _shape.Dimensions;

    /// <inheritdoc />
    public int PreferredBatch => (int)Math.Min((long)_workers * _batch * RoundsOfWork, MostPreferred);

    /// <summary>What the extractor was made from.</summary>
    public OnnxModel Model { get; }

    /// <inheritdoc />
    IReadOnlyList<string> IFormerFingerprints.FormerFingerprints => _formerFingerprints;

    /// <summary>The network that runs, cut at the output: all it takes, with <see cref="OnnxModel.ToJson"/>, to make this extractor again.</summary>
    internal ReadOnlyMemory<byte> NetworkBytes => _network.Bytes;

    /// <summary>Sets of buffers that exist.</summary>
    internal int Workers => _made;

    /// <inheritdoc />
    /// <exception cref="ObjectDisposedException">The extractor was disposed, before or meanwhile.</exception>
    /// <exception cref="OnnxModelException">The network cannot be run on one of the pictures.</exception>
    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_lifetime.HasEnded, this);
        if (rows.Length != (long)batch.Count * Dimensions)
            throw new ArgumentException(
                $"{batch.Count} pictures give {batch.Count} x {Dimensions} = {(long)batch.Count * Dimensions} numbers; there is room for {rows.Length}.", nameof(rows));
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
    /// Frees the network and all buffers: at once, or while pictures are being worked on as soon as these are done. Calls that go on meanwhile finish
    /// the pictures they are at, then throw <see cref="ObjectDisposedException"/>. May be called any number of times, from any thread.
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
        var picture = Math.Max(_format.Length, _network.OutputLength) * (long)sizeof(double);
        if (_batch * picture <= Array.MaxLength)
            return;
        var most = Array.MaxLength / picture;
        throw options.Batch is not null
            ? new ArgumentOutOfRangeException(nameof(options), options.Batch, $"{nameof(OnnxOptions.Batch)} goes up to {most} for {model.Name}, whose pictures take {picture:N0} bytes each.")
            : new OnnxModelException($"{model.Name} takes {_batch} pictures a run, of {picture:N0} bytes each; {most} is the most that fits. Save it with a free or smaller first dimension.");
    }

    private async Task<IReadOnlyList<UnreadableImage>> ExtractAllAsync(IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken)
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
        IReadOnlyList<ImageSource> batch, int first, int count, Memory<float> rows, ConcurrentBag<UnreadableImage> unreadable, CancellationToken cancellationToken)
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
            // Whatever happened: its buffers are overwritten by the next pictures.
            if (worker is not null)
                _idle.Add(worker);
            _free.Release();
        }
    }

    private async ValueTask<string?> TryDecodeAsync(ImageSource source, OnnxWorker worker, int slot, CancellationToken cancellationToken)
    {
        try
        {
            var encoded = await source.ReadAsync(_limits.MaxBytes, cancellationToken).ConfigureAwait(false);
            using var decoding = PipelineTelemetry.Begin("decode");
            ImageDecoder.Decode(encoded.Span, source.Name, _limits, _format, worker.Input(slot));
            return null;
        }
        catch (UnreadableImageException e)
        {
            return e.Message;
        }
    }
}
