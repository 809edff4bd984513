using System.Numerics.Tensors;
using ImageRec.Features;

namespace ImageRec.Benchmarks;

/// <summary>The rows of several networks side by side, each of length 1, so that each counts as much as the others.</summary>
internal sealed class SideBySide(params OnnxModel[] models) : IFeatureExtractor
{
    private readonly IFeatureExtractor[] _parts = [.. models.Select(model => model.CreateExtractor())];

    public string Name => string.Join('+', _parts.Select(part => part.Name));

    public string Fingerprint => string.Join('+', _parts.Select(part => part.Fingerprint));

    public int Dimensions => _parts.Sum(part => part.Dimensions);

    public int PreferredBatch => _parts.Min(part => part.PreferredBatch);

    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<UnreadableImage> unreadable = [];
        var start = 0;
        foreach (var part in _parts)
        {
            var own = new float[batch.Count * part.Dimensions];
            unreadable = await part.ExtractAsync(batch, own, cancellationToken);
            for (var i = 0; i < batch.Count; i++)
            {
                var row = own.AsSpan(i * part.Dimensions, part.Dimensions);
                var norm = TensorPrimitives.Norm<float>(row);
                TensorPrimitives.Divide(row, norm > 0 ? norm : 1, rows.Span.Slice(i * Dimensions + start, part.Dimensions));
            }
            start += part.Dimensions;
        }
        return unreadable;
    }

    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
    }
}
