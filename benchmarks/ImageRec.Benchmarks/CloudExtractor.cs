using System.Buffers.Binary;
using ImageRec.Features;

namespace ImageRec.Benchmarks;

/// <summary>Makes rows on a cloud around centers from a number, so that a catalog of any size needs no photos.</summary>
internal sealed class CloudExtractor : IFeatureExtractor
{
    public const int Length = 128;
    private const int Centers = 200;

    public string Name => "cloud";

    public string Fingerprint => "cloud 1";

    public int Dimensions => Length;

    public int PreferredBatch => 256;

    public static ImageSource Picture(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return ImageSource.FromBytes(bytes);
    }

    public static float[] Row(int number)
    {
        var (center, own) = (new Random(number % Centers), new Random(number));
        return [.. Enumerable.Range(0, Length).Select(_ => (float)(center.NextDouble() - 0.5 + (0.5 * (own.NextDouble() - 0.5))))];
    }

    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var bytes = await batch[i].ReadAsync(cancellationToken: cancellationToken);
            Row(BinaryPrimitives.ReadInt32LittleEndian(bytes.Span)).CopyTo(rows[(i * Length)..]);
        }
        return [];
    }

    public void Dispose()
    {
    }
}
