using System.Diagnostics;
using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>How long one thread needs to read every row once, doing as little as possible with it.</summary>
/// <param name="Milliseconds">The best of several passes.</param>
/// <param name="BytesASecond">Rows' bytes over that time.</param>
internal readonly record struct MemorySpeed(double Milliseconds, double BytesASecond)
{
    private const int Passes = 7;

    public static MemorySpeed Measure(FeatureMatrix rows)
    {
        // In native memory with large pages, as the engine keeps them; a managed array reads more slowly, which would flatter us.
        var copy = new NativeBuffer<float>((long)rows.Rows * rows.Columns);
        for (var row = 0; row < rows.Rows; row++)
            rows[row].CopyTo(copy.Slice((long)row * rows.Columns, rows.Columns));
        var best = double.MaxValue;
        var total = 0f;
        for (var pass = 0; pass < Passes; pass++)
        {
            var watch = Stopwatch.StartNew();
            const int Part = 1 << 16;
            for (long start = 0; start < copy.Length; start += Part)
                total += TensorPrimitives.Sum<float>(copy.Slice(start, (int)Math.Min(Part, copy.Length - start)));
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }
        GC.KeepAlive(total);
        GC.KeepAlive(copy);
        return new MemorySpeed(best, copy.Length * sizeof(float) / best * 1000);
    }
}
