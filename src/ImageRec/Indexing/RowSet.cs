namespace ImageRec.Indexing;

/// <summary>Holds rows to build from, wherever they lie in memory: no copy is made to put them side by side.</summary>
/// <param name="keys">n keys, ascending.</param>
/// <param name="addresses">n addresses of rows of <paramref name="stride"/> floats, zero beyond <paramref name="dimensions"/>.</param>
/// <param name="dimensions">Dimensions per row.</param>
/// <param name="stride">Floats per row with its padding.</param>
/// <param name="owners">What keeps the memory alive.</param>
internal sealed unsafe class RowSet(int[] keys, nint[] addresses, int dimensions, int stride, object owners)
{
    public int Count => keys.Length;
    public int Dimensions => dimensions;
    public int Stride => stride;
    public int[] Keys => keys;
    public object Owners => owners;

    public float* this[int row] => (float*)addresses[row];
}
