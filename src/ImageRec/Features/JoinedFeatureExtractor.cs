using System.Buffers;
using System.Numerics.Tensors;

namespace ImageRec.Features;

/// <summary>
/// Computes the embeddings of several networks side by side, each L2-normalized, so that a network with large values does not drown the
/// others. Each part is reduced by itself and then weighed; see <c>JoinedReducer</c>.
/// </summary>
internal sealed class JoinedFeatureExtractor : IFeatureExtractor, IFormerFingerprints, IJoinedFeatures
{
    private readonly IReadOnlyList<IFeatureExtractor> _parts;

    /// <param name="parts">Two or more; disposed with this extractor.</param>
    /// <param name="weights">One for each, more than 0.</param>
    public JoinedFeatureExtractor(IReadOnlyList<IFeatureExtractor> parts, IReadOnlyList<float> weights)
    {
        (_parts, PartWeights) = (parts, weights);
        PartDimensions = [.. parts.Select(part => part.Dimensions)];
        Dimensions = PartDimensions.Sum();
        Name = string.Join(" + ", parts.Select(part => part.Name));
        Fingerprint = string.Join(" + ", parts.Select(part => part.Fingerprint));
    }

    public string Name { get; }

    public string Fingerprint { get; }

    public int Dimensions { get; }

    public int PreferredBatch => _parts.Min(part => part.PreferredBatch);

    public IReadOnlyList<int> PartDimensions { get; }

    public IReadOnlyList<float> PartWeights { get; }

    /// <summary>The extractors, in order.</summary>
    public IReadOnlyList<IFeatureExtractor> Parts => _parts;

    /// <summary>Those of earlier versions were written under one culture, and so all parts in the same way.</summary>
    IReadOnlyList<string> IFormerFingerprints.FormerFingerprints
    {
        get
        {
            var former = _parts.Select(part => (part as IFormerFingerprints)?.FormerFingerprints ?? []).ToList();
            var count = former.Min(texts => texts.Count);
            return [.. Enumerable.Range(0, count).Select(i => string.Join(" + ", former.Select(texts => texts[i])))];
        }
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var needed = (long)batch.Count * Dimensions;
        if (rows.Length != needed)
        {
            throw new ArgumentException(
                $"{batch.Count} images need room for {batch.Count} x {Dimensions} = {needed} values; there is room for {rows.Length}.",
                nameof(rows));
        }
        var unreadable = new SortedDictionary<int, UnreadableImage>();
        var start = 0;
        foreach (var part in _parts)
        {
            var length = batch.Count * part.Dimensions;
            // Rented: a new one for each batch would pile up, megabytes at a time.
            var own = ArrayPool<float>.Shared.Rent(length);
            try
            {
                foreach (var failure in await part.ExtractAsync(batch, own.AsMemory(0, length), cancellationToken).ConfigureAwait(false))
                    unreadable.TryAdd(failure.Index, failure);
                for (var i = 0; i < batch.Count; i++)
                {
                    var row = own.AsSpan(i * part.Dimensions, part.Dimensions);
                    var norm = TensorPrimitives.Norm<float>(row);
                    TensorPrimitives.Divide(row, norm == 0 ? 1 : norm, rows.Span.Slice(i * Dimensions + start, part.Dimensions));
                }
            }
            finally
            {
                ArrayPool<float>.Shared.Return(own);
            }
            start += part.Dimensions;
        }
        return [.. unreadable.Values];
    }

    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
    }
}
