using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Tests.Ranking;

/// <summary>Rows kept in a dictionary, as a catalogue file would keep them.</summary>
internal sealed class RowTable(FeatureMatrix rows) : IRowSource
{
    public SortedDictionary<int, float[]> Values { get; } = new(Enumerable.Range(0, rows.Rows).ToDictionary(row => row, row => rows[row].ToArray()));

    public void Read(int key, Span<float> row) => Values[key].CopyTo(row);

    public IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll() => Values.Select(row => KeyValuePair.Create(row.Key, (ReadOnlyMemory<float>)row.Value));
}
