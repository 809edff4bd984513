using System.Numerics.Tensors;
using ImageRec.Features;
using ImageRec.Vectors;

namespace ImageRec.Building;

/// <summary>
/// Holds a batch on its way through the extractor: at once or, where memory is short, in parts, which do not change its rows.
/// </summary>
/// <param name="extractor">Computes the embeddings.</param>
/// <param name="reader">Gets the memory of read images back.</param>
/// <param name="buffer">Room for the rows of a full batch.</param>
internal sealed class BatchInProgress<TItem>(IFeatureExtractor extractor, ImageReader<TItem> reader, float[] buffer)
{
    private readonly List<PendingImage<TItem>> _all = [];
    private readonly List<PendingImage<TItem>> _wanted = [];
    private readonly List<ReadImage<TItem>> _waiting = [];

    /// <summary>Gets the number of images that need no computing.</summary>
    public int Known { get; private set; }

    /// <summary>Gets the number of images that the extractor could read.</summary>
    public int Extracted { get; private set; }

    /// <summary>Gets how many of the extracted images have embeddings that are not finite.</summary>
    public int Invalid { get; private set; }

    /// <summary>Gets the number of images that wait for the extractor.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Gets the bytes of memory that the waiting images hold.</summary>
    public long WaitingBytes { get; private set; }

    public void Add(ReadImage<TItem> read, Func<PendingImage<TItem>, bool> isKnown)
    {
        _all.Add(read.Image);
        var known = read.Source is not null && isKnown(read.Image);
        if (known || read.Source is null)
        {
            Known += known ? 1 : 0;
            reader.Release(read);
            return;
        }
        _waiting.Add(read);
        WaitingBytes += read.Lease.Held;
    }

    /// <summary>Extracts the waiting images and drops their bytes.</summary>
    public async Task ExtractAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
            return;
        var rows = buffer.AsMemory(_wanted.Count * extractor.Dimensions, _waiting.Count * extractor.Dimensions);
        var failures = await extractor.ExtractAsync(_waiting.ConvertAll(read => read.Source!), rows, cancellationToken)
            .ConfigureAwait(false);
        foreach (var failure in failures)
        {
            if (failure.Index < 0 || failure.Index >= _waiting.Count)
                throw new InvalidFeaturesException(
                    $"{extractor.Name} says that picture {failure.Index} of a batch of {_waiting.Count} cannot be read; they "
                    + "count from 0.");
            _waiting[failure.Index].Image.Failure = failure.Reason;
        }
        for (var i = 0; i < _waiting.Count; i++)
        {
            var image = _waiting[i].Image;
            if (image.Failure is not null)
                continue;
            Extracted++;
            if (TensorPrimitives.IsFiniteAll(rows.Span.Slice(i * extractor.Dimensions, extractor.Dimensions)))
                continue;
            Invalid++;
            image.Failure = FiniteFeatures.Missing(image.Entry.Id, extractor);
        }
        _wanted.AddRange(_waiting.ConvertAll(read => read.Image));
        _waiting.ForEach(reader.Release);
        _waiting.Clear();
        WaitingBytes = 0;
    }

    public FeatureBatch<TItem> ToBatch()
    {
        var good = Enumerable.Range(0, _wanted.Count).Where(i => _wanted[i].Failure is null).ToArray();
        return new FeatureBatch<TItem>(
            [.. good.Select(i => _wanted[i])], Features(good), Known, [.. _all.Where(image => image.Failure is not null)]);
    }

    private FeatureMatrix Features(int[] good)
    {
        var full = FeatureMatrix.Wrap(buffer, extractor.Dimensions);
        return good.Length == full.Rows ? full : full.Select(good);
    }
}
