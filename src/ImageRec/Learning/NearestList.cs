namespace ImageRec.Learning;

/// <summary>Keeps the best few of many candidates for one row.</summary>
/// <param name="count">How many are kept.</param>
/// <param name="own">The row itself, which is not one of its neighbors.</param>
internal sealed class NearestList(int count, int own)
{
    private readonly (float Cosine, int Row)[] _held = new (float, int)[(2 * count) + 64];
    private int _filled;

    /// <summary>The cosine that a candidate must reach to matter.</summary>
    public float Least { get; private set; } = float.NegativeInfinity;

    public void Add(int row, float cosine)
    {
        if (row == own)
            return;
        _held[_filled++] = (cosine, row);
        if (_filled == _held.Length)
            Cut();
    }

    /// <summary>Writes the neighbors, the nearest first.</summary>
    public void CopyTo(Span<int> rows, Span<float> cosines)
    {
        Cut();
        for (var i = 0; i < count; i++)
            (cosines[i], rows[i]) = _held[i];
    }

    private void Cut()
    {
        Array.Sort(_held, 0, _filled, s_bestFirst);
        _filled = Math.Min(_filled, count);
        if (_filled == count)
            Least = _held[count - 1].Cosine;
    }

    private static readonly Comparer<(float Cosine, int Row)> s_bestFirst =
        Comparer<(float Cosine, int Row)>.Create((a, b) => a.Cosine == b.Cosine ? a.Row.CompareTo(b.Row) : b.Cosine.CompareTo(a.Cosine));
}
