using System.Runtime.CompilerServices;
using ImageRec.Features;
using ImageRec.Vectors;
using static System.FormattableString;

namespace ImageRec.Building;

/// <summary>Reads, hashes and extracts images a batch at a time, reading ahead while the network works.</summary>
/// <param name="extractor">Computes the embeddings.</param>
/// <param name="limits">How large images may be.</param>
/// <param name="budget">Bytes of encoded images held at once; exceeded by one image at most.</param>
internal sealed class FeatureComputer(IFeatureExtractor extractor, ImageLimits limits, long budget = FeatureComputer.DefaultBudget)
{
    private const long DefaultBudget = 64L * 1024 * 1024;

    // Encoded images that wait in memory are bounded whatever the cores: the batch and what is read ahead of it together are 384 at most.
    private const int MostABatch = 256;
    private const int LeastAhead = 64;
    private const int MostAhead = 128;
    private const int Usual = 64;
    private long _readable;
    private long _invalid;

    /// <summary>
    /// Gets whether it is an error, rather than a list of images left out, that more than half of the readable images have no finite
    /// embedding; the network or its preprocessing is wrong then. Default: true. Counts everything this instance has computed or found
    /// known.
    /// </summary>
    public bool FailWhenMostAreInvalid { get; init; } = true;

    /// <summary>
    /// Gets the images per transaction: enough for the extractor to work at full speed, few enough that little is lost by an interruption.
    /// </summary>
    private int BatchSize
    {
        get
        {
            var preferred = Math.Max(1, extractor.PreferredBatch);
            var parts = (preferred + MostABatch - 1) / MostABatch;
            return parts > 1 ? (preferred + parts - 1) / parts : Math.Max(preferred, Usual / preferred * preferred);
        }
    }

    /// <summary>Enumerates images in order, batch by batch. A batch's embeddings are overwritten by the next one's.</summary>
    /// <param name="images">What to compute.</param>
    /// <param name="isKnown">
    /// Whether the row of an image, hashed by then, is there already; such images and unreadable ones get no embedding.
    /// </param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="InvalidFeaturesException">At the end, when most images have no finite embedding.</exception>
    public async IAsyncEnumerable<FeatureBatch<TItem>> ComputeAsync<TItem>(
        IReadOnlyList<PendingImage<TItem>> images, Func<PendingImage<TItem>, bool> isKnown,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var size = Math.Min(BatchSize, images.Count);
        // One buffer for all full batches: a new one each would pile up, megabytes a batch, until the collector sees a reason to run.
        var buffer = new float[checked(size * extractor.Dimensions)];
        var memory = new ReadBudget(budget);
        var reader = new ImageReader<TItem>(images, limits, size + Math.Clamp(size, LeastAhead, MostAhead), memory, cancellationToken);
        await using var closing = reader.ConfigureAwait(false);
        for (var start = 0; start < images.Count; start += size)
        {
            var batch = new BatchInProgress<TItem>(extractor, reader, buffer);
            await FillAsync(batch, Math.Min(size, images.Count - start), isKnown, reader, memory, start, cancellationToken)
                .ConfigureAwait(false);
            _readable += batch.Known + batch.Extracted;
            _invalid += batch.Invalid;
            yield return batch.ToBatch();
        }
        if (FailWhenMostAreInvalid && _readable > 1 && _invalid * 2 > _readable)
            throw new InvalidFeaturesException(
                Invariant($"{extractor.Name} gave NaN or infinity for {_invalid:N0} of {_readable:N0} pictures. ")
                + "Its weights or its preprocessing are wrong; use another network, or set it up as it was trained.");
    }

    private static async Task FillAsync<TItem>(
        BatchInProgress<TItem> batch, int count, Func<PendingImage<TItem>, bool> isKnown, ImageReader<TItem> reader, ReadBudget memory,
        int start, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = reader.NextAsync();
            if (batch.Waiting > 0 && !next.IsCompleted)
            {
                await Task.WhenAny(next, memory.StarvedAsync(start + i)).ConfigureAwait(false);
                // What waits for the network holds the memory that the next image needs.
                if (!next.IsCompleted)
                    await batch.ExtractAsync(cancellationToken).ConfigureAwait(false);
            }
            if (batch.Waiting == 0)
                memory.Hurry(start + i);
            batch.Add(await next.ConfigureAwait(false), isKnown);
            // The other half is for what is read while the network works.
            if (batch.WaitingBytes * 2 >= memory.Limit)
                await batch.ExtractAsync(cancellationToken).ConfigureAwait(false);
        }
        await batch.ExtractAsync(cancellationToken).ConfigureAwait(false);
    }
}
