using System.Runtime.InteropServices;
using ImageRec.Features;

namespace ImageRec.Torture;

/// <summary>Reads "pictures" that are the bytes of their rows, so that an opening costs milliseconds and every answer is known.</summary>
/// <param name="pause">Awaited before every batch; stretches what a machine wants to interrupt.</param>
internal sealed class RowExtractor(Func<CancellationToken, Task>? pause = null) : IFeatureExtractor
{
    public string Name => "row";

    public string Fingerprint => "row 1";

    public int Dimensions => Things.Dimensions;

    public int PreferredBatch => 4;

    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        if (pause is not null)
            await pause(cancellationToken);
        var unreadable = new List<UnreadableImage>();
        for (var i = 0; i < batch.Count; i++)
        {
            var row = rows.Slice(i * Dimensions, Dimensions);
            row.Span.Clear();
            var bytes = await batch[i].ReadAsync(cancellationToken: cancellationToken);
            if (bytes.Length == Dimensions * sizeof(float))
                MemoryMarshal.Cast<byte, float>(bytes.Span).CopyTo(row.Span);
            else
                unreadable.Add(new(i, $"'{batch[i].Name}' has {bytes.Length} bytes; a row has {Dimensions * sizeof(float)}."));
        }
        return unreadable;
    }

    public void Dispose()
    {
    }
}
