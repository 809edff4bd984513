using ImageRec.Features;

namespace ImageRec.Torture.Fuzz.Uploads;

/// <summary>A picture as the library decodes it to 16 x 16 colors: needs no network.</summary>
internal sealed class ColorExtractor : IFeatureExtractor
{
    public string Name => "colors";

    public string Fingerprint => "colors 1";

    public int Dimensions => Library.DecodedLength;

    public int PreferredBatch => 8;

    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        var unreadable = new List<UnreadableImage>();
        for (var i = 0; i < batch.Count; i++)
        {
            var row = new float[Dimensions];
            try
            {
                Library.Decode((await batch[i].ReadAsync(cancellationToken: cancellationToken)).ToArray(), row);
            }
            catch (UnreadableImageException e)
            {
                Array.Clear(row);
                unreadable.Add(new(i, e.Message));
            }
            row.CopyTo(rows[(i * Dimensions)..]);
        }
        return unreadable;
    }

    public void Dispose()
    {
    }
}
