using System.Runtime.InteropServices;
using ImageRec.Features;

namespace ImageRec.Benchmarks.SharedCatalogs;

/// <summary>Reads "pictures" that are rows: the network costs nothing.</summary>
internal sealed class RowExtractor(int dimensions) : IFeatureExtractor
{
    public string Name => "rows";

    public string Fingerprint => "rows-1";

    public int Dimensions => dimensions;

    public int PreferredBatch => 64;

    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var bytes = await batch[i].ReadAsync(cancellationToken: cancellationToken);
            MemoryMarshal.Cast<byte, float>(bytes.Span).CopyTo(rows.Span[(i * dimensions)..]);
        }
        return [];
    }

    public void Dispose()
    {
    }
}
