using ImageRec.Features;
using ImageRec.ML.Columns;
using Microsoft.ML;

namespace ImageRec.ML.Estimators;

/// <summary>Reads images a batch ahead of the rows that ML.NET asks for, and computes their embeddings at once.</summary>
internal sealed class FeatureLookAhead : IDisposable
{
    private readonly IFeatureExtractor _extractor;
    private readonly DataViewRowCursor _cursor;
    private readonly Func<ImageSource?> _picture;
    private readonly float[] _rows;
    private int _count;
    private int _current = -1;

    public FeatureLookAhead(IFeatureExtractor extractor, IDataView input, DataViewSchema.Column pictures)
    {
        _extractor = extractor;
        _cursor = input.GetRowCursor([pictures]);
        _picture = PictureColumn.Reader(_cursor, pictures);
        _rows = new float[extractor.PreferredBatch * extractor.Dimensions];
    }

    /// <summary>The current row's embedding.</summary>
    public ReadOnlySpan<float> Features => _rows.AsSpan(_current * _extractor.Dimensions, _extractor.Dimensions);

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="InvalidOperationException">The data view has fewer rows than before.</exception>
    public void MoveNext()
    {
        if (++_current < _count)
            return;
        _current = 0;
        var pictures = new List<ImageSource?>(_extractor.PreferredBatch);
        while (pictures.Count < _extractor.PreferredBatch && _cursor.MoveNext())
            pictures.Add(_picture());
        _count = pictures.Count;
        if (_count == 0)
        {
            throw new InvalidOperationException(
                "The data view has fewer rows when it is read a second time; cache it first (mlContext.Data.Cache).");
        }
        Extract(_extractor, pictures, _rows);
    }

    public void Dispose() => _cursor.Dispose();

    /// <summary>Computes embeddings; NaN where there is no image or it cannot be read.</summary>
    /// <param name="extractor">Computes them.</param>
    /// <param name="pictures">n images.</param>
    /// <param name="rows">Room for n rows or more.</param>
    public static void Extract(IFeatureExtractor extractor, List<ImageSource?> pictures, float[] rows)
    {
        var given = Enumerable.Range(0, pictures.Count).Where(i => pictures[i] is not null).ToArray();
        var batch = Array.ConvertAll(given, i => pictures[i]!);
        var features = new float[batch.Length * extractor.Dimensions];
        // On the thread pool: ML.NET waits for rows, possibly on a thread that asynchronous work wants to come back to.
        var unreadable = Task.Run(async () => await extractor.ExtractAsync(batch, features).ConfigureAwait(false)).GetAwaiter().GetResult();
        rows.AsSpan(0, pictures.Count * extractor.Dimensions).Fill(float.NaN);
        var failed = unreadable.Select(image => image.Index).ToHashSet();
        for (var i = 0; i < batch.Length; i++)
        {
            if (!failed.Contains(i))
                features.AsSpan(i * extractor.Dimensions, extractor.Dimensions).CopyTo(rows.AsSpan(given[i] * extractor.Dimensions));
        }
    }
}
