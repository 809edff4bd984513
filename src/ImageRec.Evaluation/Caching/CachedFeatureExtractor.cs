using System.Diagnostics;
using ImageRec.Features;
using ImageRec.Storage;

namespace ImageRec.Evaluation.Caching;

/// <summary>
/// Keeps the embeddings of an extractor in a file, by the extractor's fingerprint and the image's content, so that no image is computed
/// twice by the same network. Several extractors may share a file.
/// </summary>
internal sealed class CachedFeatureExtractor : IFeatureExtractor, IFormerFingerprints, IJoinedFeatures
{
    private readonly IFeatureExtractor _inner;
    private readonly FeatureCache _cache;
    private readonly Lock _using = new();
    private readonly long _model;

    /// <param name="inner">Computes what the cache lacks. It is disposed with this extractor.</param>
    /// <param name="file">The cache, created when it does not exist.</param>
    /// <exception cref="CatalogFileException">The file is not a cache, or cannot be written.</exception>
    public CachedFeatureExtractor(IFeatureExtractor inner, string file)
    {
        _inner = inner;
        _cache = FeatureCache.Open(file);
        _model = _cache.Model(inner.Fingerprint);
    }

    /// <inheritdoc />
    public string Name => _inner.Name;

    /// <inheritdoc />
    public string Fingerprint => _inner.Fingerprint;

    /// <inheritdoc />
    IReadOnlyList<string> IFormerFingerprints.FormerFingerprints => (_inner as IFormerFingerprints)?.FormerFingerprints ?? [];

    /// <inheritdoc />
    IReadOnlyList<int> IJoinedFeatures.PartDimensions => (_inner as IJoinedFeatures)?.PartDimensions ?? [];

    /// <inheritdoc />
    IReadOnlyList<float> IJoinedFeatures.PartWeights => (_inner as IJoinedFeatures)?.PartWeights ?? [];

    /// <inheritdoc />
    public int Dimensions => _inner.Dimensions;

    /// <inheritdoc />
    public int PreferredBatch => _inner.PreferredBatch;

    /// <summary>Gets the number of images computed by this object.</summary>
    public int Computed { get; private set; }

    /// <summary>
    /// Returns the mean time in milliseconds per image, over all that the file has of this extractor; NaN before the first.
    /// </summary>
    public double ReadMillisecondsPerImage()
    {
        lock (_using)
            return _cache.ReadMillisecondsPerImage(_model);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        if (rows.Length != batch.Count * Dimensions)
            throw new ArgumentException(
                $"{batch.Count} images need room for {batch.Count * Dimensions} values; there is room for {rows.Length}.", nameof(rows));
        rows.Span.Clear();
        var unreadable = new List<UnreadableImage>();
        var missing = new List<(int Index, UInt128 Hash, ImageSource Image)>();
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                var bytes = await batch[i].Whole.ReadAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                var hash = ContentHash.Of(bytes.Span, batch[i].Region);
                if (!TryRead(hash, rows.Slice(i * Dimensions, Dimensions)))
                    missing.Add((i, hash, batch[i].WithBytes(bytes)));
            }
            catch (UnreadableImageException e)
            {
                unreadable.Add(new UnreadableImage(i, e.Message));
            }
        }
        if (missing.Count > 0)
            unreadable.AddRange(await ComputeAsync(missing, rows, cancellationToken).ConfigureAwait(false));
        return unreadable;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _inner.Dispose();
        _cache.Dispose();
    }

    private bool TryRead(UInt128 hash, Memory<float> row)
    {
        lock (_using)
            return _cache.TryRead(_model, hash, row.Span);
    }

    private async Task<IEnumerable<UnreadableImage>> ComputeAsync(
        List<(int Index, UInt128 Hash, ImageSource Image)> missing, Memory<float> rows, CancellationToken cancellationToken)
    {
        var computed = new float[missing.Count * Dimensions];
        var start = Stopwatch.GetTimestamp();
        var failures = await _inner.ExtractAsync(missing.ConvertAll(m => m.Image), computed, cancellationToken).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var failed = failures.Select(f => f.Index).ToHashSet();
        var good = new List<(UInt128, ReadOnlyMemory<float>)>();
        for (var i = 0; i < missing.Count; i++)
        {
            if (failed.Contains(i))
                continue;
            var row = computed.AsMemory(i * Dimensions, Dimensions);
            row.CopyTo(rows.Slice(missing[i].Index * Dimensions, Dimensions));
            good.Add((missing[i].Hash, row));
        }
        lock (_using)
        {
            _cache.Write(_model, good, elapsed);
            Computed += good.Count;
        }
        return failures.Select(f => new UnreadableImage(missing[f.Index].Index, f.Reason));
    }
}
