using ImageRec.Features;
using SkiaSharp;

namespace ImageRec.PublicApi.Tests.Outside;

/// <summary>Counts how often each of 64 colors appears.</summary>
internal sealed class ColorHistogramExtractor : IFeatureExtractor
{
    public string Name => "colors";

    public string Fingerprint => "colors 4 x 4 x 4, 1";

    public int Dimensions => 64;

    public int PreferredBatch => 8;

    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        if (rows.Length != batch.Count * Dimensions)
            throw new ArgumentException($"There is room for {rows.Length} values; {batch.Count * Dimensions} are needed.", nameof(rows));
        rows.Span.Clear();
        var unreadable = new List<UnreadableImage>();
        for (var i = 0; i < batch.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var encoded = await batch[i].ReadAsync(cancellationToken: cancellationToken);
                Count(encoded, batch[i].Name, rows.Span.Slice(i * Dimensions, Dimensions));
            }
            catch (UnreadableImageException e)
            {
                unreadable.Add(new UnreadableImage(i, e.Message));
            }
        }
        return unreadable;
    }

    public void Dispose()
    {
    }

    private static void Count(ReadOnlyMemory<byte> encoded, string name, Span<float> row)
    {
        using var codec = SKCodec.Create(new MemoryStream(encoded.ToArray())) 
            ?? throw new UnreadableImageException($"'{name}' is not an image.");
        using var bitmap = SKBitmap.Decode(codec);
        foreach (var pixel in bitmap.Pixels)
            row[(pixel.Red / 64 * 16) + (pixel.Green / 64 * 4) + (pixel.Blue / 64)] += 1f / bitmap.Width / bitmap.Height;
    }
}
