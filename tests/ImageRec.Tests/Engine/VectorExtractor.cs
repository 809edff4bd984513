using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ImageRec.Features;

namespace ImageRec.Tests.Engine;

/// <summary>Reads "pictures" that are just numbers in text, such as <c>1 0 0.5</c>, so that engine tests control every row.</summary>
internal sealed class VectorExtractor(int dimensions = 3, string fingerprint = "vector-1") : IFeatureExtractor
{
    public string Name => "vector";

    public string Fingerprint => fingerprint;

    public int Dimensions => dimensions;

    public int PreferredBatch { get; init; } = 4;

    /// <summary>Called before each batch with the number of pictures computed so far.</summary>
    public Action<int>? BeforeBatch { get; set; }

    public ConcurrentQueue<string> Computed { get; } = new();

    public bool IsDisposed { get; private set; }

    public static ImageSource Picture(params float[] values) =>
        ImageSource.FromBytes(Encoding.UTF8.GetBytes(string.Join(' ', values.Select(v => v.ToString(CultureInfo.InvariantCulture)))));

    public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
        IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
    {
        BeforeBatch?.Invoke(Computed.Count);
        cancellationToken.ThrowIfCancellationRequested();
        var failures = new List<UnreadableImage>();
        for (var i = 0; i < batch.Count; i++)
        {
            var text = Encoding.UTF8.GetString((await batch[i].ReadAsync(cancellationToken: cancellationToken)).Span);
            var row = rows.Slice(i * dimensions, dimensions);
            row.Span.Clear();
            var parts = text.Split(' ');
            if (parts.Length != dimensions || !Array.TrueForAll(parts, p => float.TryParse(p, CultureInfo.InvariantCulture, out _)))
            {
                failures.Add(new UnreadableImage(i, $"'{text}' is not {dimensions} numbers."));
                continue;
            }
            Computed.Enqueue(text);
            for (var j = 0; j < dimensions; j++)
                row.Span[j] = float.Parse(parts[j], CultureInfo.InvariantCulture);
        }
        return failures;
    }

    public void Dispose() => IsDisposed = true;
}
