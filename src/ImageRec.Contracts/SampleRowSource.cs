using ImageRec.Indexing;
using ImageRec.Vectors;

namespace ImageRec.Contracts;

/// <summary>Keeps rows as a catalog file does, and counts how many were enumerated.</summary>
public sealed class SampleRowSource : IRowSource
{
    private readonly SortedDictionary<int, float[]> _rows = [];

    /// <summary>Creates a source whose keys are the numbers of the rows.</summary>
    /// <param name="rows">n x d; copied.</param>
    public SampleRowSource(FeatureMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (var i = 0; i < rows.Rows; i++)
            Set(i, rows[i]);
    }

    /// <summary>Gets the number of rows that <see cref="ReadAll"/> has enumerated so far.</summary>
    public int Enumerated { get; private set; }

    /// <summary>Adds or replaces a row.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="row">d values; copied.</param>
    public void Set(int key, ReadOnlySpan<float> row) => _rows[key] = row.ToArray();

    /// <summary>Removes a row, if there is one.</summary>
    /// <param name="key">Any key.</param>
    public void Remove(int key) => _rows.Remove(key);

    /// <summary>Copies the rows into a plain ranking.</summary>
    public PlainRanking ToRanking()
    {
        var ranking = new PlainRanking();
        foreach (var (key, row) in _rows)
            ranking.Upsert(key, row);
        return ranking;
    }

    /// <inheritdoc />
    public bool TryRead(int key, Span<float> row)
    {
        if (!_rows.TryGetValue(key, out var values))
            return false;
        values.CopyTo(row);
        return true;
    }

    /// <inheritdoc />
    public IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll()
    {
        // One buffer for all rows: whoever keeps it instead of its values is found out.
        var buffer = Array.Empty<float>();
        foreach (var (key, row) in _rows)
        {
            Enumerated++;
            if (buffer.Length != row.Length)
                buffer = new float[row.Length];
            row.CopyTo(buffer, 0);
            yield return new(key, buffer);
        }
        buffer.AsSpan().Fill(float.NaN);
    }
}
