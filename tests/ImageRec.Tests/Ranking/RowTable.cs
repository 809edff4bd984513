using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Tests.Ranking;

/// <summary>Rows kept in a dictionary, as a catalog file would keep them.</summary>
internal sealed class RowTable(FeatureMatrix rows) : IRowSource
{
    public SortedDictionary<int, float[]> Values { get; } = new(
        Enumerable.Range(0, rows.Rows).ToDictionary(row => row, row => rows[row].ToArray()));

    public bool TryRead(int key, Span<float> row)
    {
        if (!Values.TryGetValue(key, out var values))
            return false;
        values.CopyTo(row);
        return true;
    }

    public IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll() =>
        Values.Select(row => KeyValuePair.Create(row.Key, (ReadOnlyMemory<float>)row.Value));
}
