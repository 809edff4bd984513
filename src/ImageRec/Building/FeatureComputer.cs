using System.Numerics.Tensors;
using ImageRec.Features;
using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>Reads, hashes and computes pictures a batch at a time, reading the next batch while the network works on this one.</summary>
internal sealed class FeatureComputer(IFeatureExtractor extractor, ImageLimits limits)
{
    /// <summary>Pictures a transaction: enough for the extractor to work at full speed, few enough that little is lost by an interruption.</summary>
    private int BatchSize => Math.Max(extractor.PreferredBatch, 64 / extractor.PreferredBatch * extractor.PreferredBatch);

    /// <summary>Goes through pictures in order and yields them batch by batch. A batch's features are overwritten by the next one's.</summary>
    /// <param name="pictures">What to compute.</param>
    /// <param name="isKnown">Whether the row of a picture, hashed by then, is at hand already; such pictures and unreadable ones have no features.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async IAsyncEnumerable<FeatureBatch<TItem>> ComputeAsync<TItem>(
        IReadOnlyList<Picture<TItem>> pictures, Func<Picture<TItem>, bool> isKnown,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One buffer for all full batches: a new one each would pile up, megabytes a batch, until the collector sees a reason to run.
        var buffer = new float[checked(Math.Min(BatchSize, pictures.Count) * extractor.Dimensions)];
        var next = ReadAsync(pictures.Take(BatchSize), limits, cancellationToken);
        for (var start = 0; start < pictures.Count; start += BatchSize)
        {
            var read = await next.ConfigureAwait(false);
            var following = pictures.Skip(start + BatchSize).Take(BatchSize);
            next = Task.Run(() => ReadAsync(following, limits, cancellationToken), cancellationToken);
            var wanted = read.Where(r => r.Source is not null && !isKnown(r.Picture)).ToList();
            var features = await ExtractAsync(wanted, buffer, cancellationToken).ConfigureAwait(false);
            var known = read.Count(r => r.Picture.Failure is null) - wanted.Count(w => w.Picture.Failure is null);
            yield return Batch(read, wanted, features, known);
        }
    }

    private static async Task<List<(Picture<TItem> Picture, ImageSource? Source)>> ReadAsync<TItem>(
        IEnumerable<Picture<TItem>> pictures, ImageLimits limits, CancellationToken cancellationToken)
    {
        var read = new List<(Picture<TItem>, ImageSource?)>();
        foreach (var picture in pictures)
            read.Add((picture, await picture.ReadAsync(limits, cancellationToken).ConfigureAwait(false)));
        return read;
    }

    private async Task<FeatureMatrix> ExtractAsync<TItem>(List<(Picture<TItem> Picture, ImageSource? Source)> wanted, float[] buffer, CancellationToken cancellationToken)
    {
        var features = wanted.Count * extractor.Dimensions == buffer.Length
            ? FeatureMatrix.Wrap(buffer, extractor.Dimensions)
            : new FeatureMatrix(wanted.Count, extractor.Dimensions);
        if (wanted.Count == 0)
            return features;
        var failures = await extractor.ExtractAsync(wanted.ConvertAll(w => w.Source!), features.Values, cancellationToken).ConfigureAwait(false);
        foreach (var failure in failures)
            wanted[failure.Index].Picture.Failure = failure.Reason;
        for (var i = 0; i < wanted.Count; i++)
            RequireFinite(features[i], wanted[i].Picture.Entry.Id, extractor);
        return features;
    }

    private static FeatureBatch<TItem> Batch<TItem>(
        List<(Picture<TItem> Picture, ImageSource? Source)> read, List<(Picture<TItem> Picture, ImageSource? Source)> wanted, FeatureMatrix features, int known)
    {
        var good = Enumerable.Range(0, wanted.Count).Where(i => wanted[i].Picture.Failure is null).ToArray();
        return new FeatureBatch<TItem>(
            good.Select(i => wanted[i].Picture).ToList(),
            good.Length == wanted.Count ? features : features.Select(good),
            known,
            read.Where(r => r.Picture.Failure is not null).Select(r => r.Picture).ToList());
    }

    public static void RequireFinite(ReadOnlySpan<float> row, string name, IFeatureExtractor extractor)
    {
        if (!TensorPrimitives.IsFiniteAll(row))
            throw new InvalidFeaturesException($"{extractor.Name} gave NaN or infinity for '{name}'. Its weights or its preprocessing are wrong; nothing was stored for this picture.");
    }
}
