using ImageRec.Features;
using SkiaSharp;

namespace ImageRec.AspNetCore.Tests;

/// <summary>A picture as 6 x 6 colors: quick, needs no network, and tells drawn products apart well enough.</summary>
internal sealed class TinyExtractor : IFeatureExtractor
{
    private const int Side = 6;
    private int _extracted;

    public string Name => "tiny";

    public string Fingerprint => "tiny 1";

    public int Dimensions => Side * Side * 3;

    public int PreferredBatch => 8;

    /// <summary>Pictures that were looked at.</summary>
    public int Extracted => Volatile.Read(ref _extracted);

    /// <summary>Awaited before every batch.</summary>
    public Func<CancellationToken, Task>? Before { get; set; }

    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        if (Before is { } before)
            await before(cancellationToken);
        var unreadable = new List<UnreadableImage>();
        for (var i = 0; i < batch.Count; i++)
        {
            var row = rows.Slice(i * Dimensions, Dimensions);
            row.Span.Clear();
            try
            {
                Read(await batch[i].ReadAsync(cancellationToken: cancellationToken), row.Span);
                Interlocked.Increment(ref _extracted);
            }
            catch (UnreadableImageException e)
            {
                unreadable.Add(new(i, e.Message));
            }
        }
        return unreadable;
    }

    public void Dispose()
    {
    }

    private static void Read(ReadOnlyMemory<byte> encoded, Span<float> row)
    {
        using var data = SKData.CreateCopy(encoded.Span);
        using var codec = SKCodec.Create(data) ?? throw new UnreadableImageException("'x' is not a picture.");
        using var full = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(full.Info, full.GetPixels()) is var result && result != SKCodecResult.Success)
            throw new UnreadableImageException($"'The picture' is cut off ({result}).");
        using var small = full.Resize(new SKImageInfo(Side, Side), SKFilterQuality.High);
        for (var i = 0; i < Side * Side; i++)
        {
            var color = small.GetPixel(i % Side, i / Side);
            (row[i * 3], row[i * 3 + 1], row[i * 3 + 2]) = (color.Red - 128, color.Green - 128, color.Blue - 128);
        }
    }
}
