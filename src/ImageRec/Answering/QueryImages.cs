using ImageRec.Features;
using ImageRec.Ranking;
using ImageRec.Storage;
using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>Reads query images and sends them through the network before the moment that answers them is chosen.</summary>
internal sealed class QueryImages<TItem>(IFeatureExtractor extractor, ImageLimits limits)
{
    private UInt128[] _hashes = [];
    private ImageSource[] _sources = [];
    private UnreadableImageException?[] _failures = [];

    // n x d embeddings; those of images that the catalog has are left out unless they turn out to be gone.
    private float[]?[] _features = [];

    /// <summary>Gets the n content hashes.</summary>
    public IReadOnlyList<UInt128> Hashes => _hashes;

    /// <summary>Gets n entries: the errors of images that cannot be read; null for those that can.</summary>
    public IReadOnlyList<UnreadableImageException?> Failures => _failures;

    /// <exception cref="UnreadableImageException">One of the images cannot be read.</exception>
    public void RequireReadable()
    {
        if (_failures.FirstOrDefault(failure => failure is not null) is { } failure)
            throw new UnreadableImageException(failure.Message, failure.InnerException);
    }

    /// <summary>Reads the images and extracts the embeddings of those that the catalog does not have.</summary>
    public async Task ReadAsync(IReadOnlyList<ImageSource> images, Moment<TItem> moment, CancellationToken cancellationToken)
    {
        var count = images.Count;
        (_hashes, _sources, _features, _failures) =
            (new UInt128[count], new ImageSource[count], new float[]?[count], new UnreadableImageException?[count]);
        for (var i = 0; i < count; i++)
        {
            try
            {
                var encoded = await images[i].Whole.ReadAsync(limits.MaxBytes, cancellationToken).ConfigureAwait(false);
                _hashes[i] = ContentHash.Of(encoded.Span, images[i].Region);
                _sources[i] = images[i].WithBytes(encoded);
            }
            catch (UnreadableImageException e)
            {
                _failures[i] = e;
            }
        }
        await ExtractAsync([.. Enumerable.Range(0, count).Where(i => _failures[i] is null && moment.Items.ByImage(_hashes[i]) is null)],
            cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Returns unit rows, n x d: the stored row for an image that the catalog has, a computed one for others, 0 for unreadable ones.
    /// </summary>
    public async Task<FeatureMatrix> RowsAsync(Moment<TItem> moment, IRowView rows, CancellationToken cancellationToken)
    {
        var matrix = new FeatureMatrix(_hashes.Length, moment.Pipeline.Dimensions);
        var computed = new List<int>();
        for (var i = 0; i < _hashes.Length; i++)
            if (_failures[i] is null && (moment.Items.ByImage(_hashes[i]) is not { } same
                || !await rows.TryGetRowAsync(same.Key, matrix.RowMemory(i), cancellationToken).ConfigureAwait(false)))
                computed.Add(i);
        // Those of items removed since they were looked up.
        await ExtractAsync(computed.FindAll(i => _features[i] is null), cancellationToken).ConfigureAwait(false);
        computed.RemoveAll(i => _failures[i] is not null);
        if (computed.Count == 0)
            return matrix;
        var features = new FeatureMatrix(computed.Count, extractor.Dimensions);
        for (var i = 0; i < computed.Count; i++)
            _features[computed[i]].CopyTo(features[i]);
        var unitRows = moment.Pipeline.ToUnitRows(features);
        for (var i = 0; i < computed.Count; i++)
            unitRows[i].CopyTo(matrix[computed[i]]);
        return matrix;
    }

    private async Task ExtractAsync(List<int> positions, CancellationToken cancellationToken)
    {
        if (positions.Count == 0)
            return;
        var sources = positions.ConvertAll(i => _sources[i]);
        var features = new FeatureMatrix(sources.Count, extractor.Dimensions);
        foreach (var failure in await extractor.ExtractAsync(sources, features.Values, cancellationToken).ConfigureAwait(false))
            _failures[positions[failure.Index]] = new(failure.Reason);
        for (var i = 0; i < positions.Count; i++)
        {
            if (_failures[positions[i]] is not null)
                continue;
            FiniteFeatures.Require(features[i], sources[i].Name, extractor);
            _features[positions[i]] = features[i].ToArray();
        }
    }
}
