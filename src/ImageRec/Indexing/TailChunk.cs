using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>
/// Holds rows that were added lately, in the order they came. Only the writer appends; readers look at what their snapshot counts.
/// </summary>
internal sealed unsafe class TailChunk(int id, int capacity, int dimensions)
{
    private readonly NativeBuffer<float> _rows = new((long)capacity * RowLayout.Stride(dimensions));
    private readonly int[] _keys = new int[capacity];

    public int Id => id;
    public int Capacity => capacity;
    public int Stride { get; } = RowLayout.Stride(dimensions);
    public long Bytes => _rows.Length * sizeof(float) + _keys.Length * sizeof(int);

    /// <summary>Frees the memory outside the managed heap; nobody may be reading any more.</summary>
    public void Free() => _rows.Dispose();

    public float* Row(int row) => _rows.Pointer + (long)row * Stride;

    public int Key(int row) => _keys[row];

    public void Write(int row, int key, ReadOnlySpan<float> values)
    {
        values.CopyTo(_rows.Slice((long)row * Stride, Stride));
        _keys[row] = key;
    }

    /// <summary>Scores every row a snapshot counts.</summary>
    public void Search(QueryState state, int count, bool mayHaveDeleted)
    {
        for (var row = 0; row < count; row++)
        {
            var score = state.Score(Row(row));
            if (score >= state.Threshold && state.Allows(_keys[row], new RowLocation(id, row), mayHaveDeleted))
                state.Top.Offer(_keys[row], score);
        }
    }
}
