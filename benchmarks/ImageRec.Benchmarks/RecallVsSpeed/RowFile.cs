using System.Runtime.InteropServices;
using ImageRec.Indexing;
using ImageRec.Ranking;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>Rows in a file, one after another, by key.</summary>
internal sealed class RowFile(string path, int dimensions) : IRowSource
{
    private readonly int _rowBytes = dimensions * sizeof(float);

    public bool TryRead(int key, Span<float> row)
    {
        using var file = File.OpenHandle(path);
        return RandomAccess.Read(file, MemoryMarshal.AsBytes(row), (long)key * _rowBytes) == _rowBytes;
    }

    public IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20);
        var row = new float[dimensions];
        for (var key = 0; file.Position < file.Length; key++)
        {
            file.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
            yield return KeyValuePair.Create(key, (ReadOnlyMemory<float>)row);
        }
    }
}
