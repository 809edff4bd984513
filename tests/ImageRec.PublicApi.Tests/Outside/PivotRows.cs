using System.Numerics.Tensors;

namespace ImageRec.PublicApi.Tests.Outside;

/// <summary>Rows by key, each with its angle to the pivot.</summary>
/// <param name="pivot">A row to measure from; replaced where the rows have another length.</param>
internal sealed class PivotRows(float[] pivot)
{
    private readonly SortedDictionary<int, (float[] Values, double Angle)> _rows = [];

    public float[] Pivot { get; private set; } = pivot;

    public IReadOnlyDictionary<int, (float[] Values, double Angle)> All => _rows;

    public PivotRows Copy()
    {
        var copy = new PivotRows(Pivot);
        foreach (var (key, row) in _rows)
            copy._rows.Add(key, row);
        return copy;
    }

    public void CheckLength(int length)
    {
        if (_rows.Count > 0 && length != Pivot.Length)
            throw new ArgumentException($"{length} dimensions; the rows held have {Pivot.Length}.");
    }

    public void Set(int key, float[] row)
    {
        CheckLength(row.Length);
        if (Pivot.Length != row.Length)
            Pivot = row;
        _rows[key] = (row, AngleOf(row));
    }

    public void Remove(int key) => _rows.Remove(key);

    // The angle of a zero row is a right one: it scores 0 with every query.
    public double AngleOf(ReadOnlySpan<float> row) => Math.Acos(Math.Clamp(TensorPrimitives.Dot(row, Pivot), -1, 1));
}
