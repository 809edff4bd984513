using System.Collections.Concurrent;
using System.IO.Hashing;
using ImageRec.Features;

namespace ImageRec.Benchmarks.SharedCatalogs;

/// <summary>Computes each picture once, however many catalogs are built of it.</summary>
internal sealed class CachedExtractor(IFeatureExtractor inner) : IFeatureExtractor
{
    private readonly ConcurrentDictionary<UInt128, float[]> _rows = new();

    public string Name => inner.Name;

    public string Fingerprint => inner.Fingerprint;

    public int Dimensions => inner.Dimensions;

    public int PreferredBatch => inner.PreferredBatch;

    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        var hashes = new UInt128[batch.Count];
        for (var i = 0; i < batch.Count; i++)
            hashes[i] = XxHash128.HashToUInt128((await batch[i].ReadAsync(cancellationToken: cancellationToken)).Span);
        var open = Enumerable.Range(0, batch.Count).Where(i => !_rows.ContainsKey(hashes[i])).ToList();
        if (open.Count > 0)
        {
            var fresh = new float[open.Count * Dimensions];
            var failures = await inner.ExtractAsync(open.ConvertAll(i => batch[i]), fresh, cancellationToken);
            if (failures.Count > 0)
                throw new InvalidOperationException(failures[0].Reason);
            for (var i = 0; i < open.Count; i++)
                _rows[hashes[open[i]]] = fresh.AsSpan(i * Dimensions, Dimensions).ToArray();
        }
        for (var i = 0; i < batch.Count; i++)
            _rows[hashes[i]].CopyTo(rows[(i * Dimensions)..]);
        return [];
    }

    // Several engines use it, one after another.
    public void Dispose()
    {
    }
}
