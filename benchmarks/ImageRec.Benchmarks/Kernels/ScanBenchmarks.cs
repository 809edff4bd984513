using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks.Kernels;

/// <summary>A query against rows in main memory: floats by three loops, and the bounds from four-bit codes.</summary>
[MemoryDiagnoser]
public unsafe class ScanBenchmarks
{
    private const int Rows = 320_000;
    private const int Dimensions = 128;
    private const int Groups = Dimensions / 4;
    private readonly NativeBuffer<float> _rows = new((long)Rows * Dimensions);
    private readonly NativeBuffer<byte> _blocks = new((long)Rows / NibbleKernel.BlockRows * NibbleKernel.BlockBytes(Groups));
    private readonly NativeBuffer<int> _pairs = new(2 * Groups);
    private readonly NativeBuffer<float> _bounds = new(NibbleKernel.BlockRows);

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        for (long i = 0; i < _rows.Length; i++)
            _rows.Pointer[i] = random.NextSingle() - 0.5f;
        random.NextBytes(_blocks.Slice(0, (int)_blocks.Length));
        for (var i = 0; i < 2 * Groups; i++)
            _pairs.Pointer[i] = 0x0102_0102;
    }

    [Benchmark(Baseline = true)]
    public float NaiveLoop()
    {
        var best = 0f;
        for (var row = 0; row < Rows; row++)
        {
            var sum = 0f;
            for (var i = 0; i < Dimensions; i++)
                sum += _rows.Pointer[i] * _rows.Pointer[(long)row * Dimensions + i];
            best = Math.Max(best, sum);
        }
        return best;
    }

    [Benchmark]
    public float TensorPrimitivesDot()
    {
        var best = 0f;
        var query = _rows.Slice(0, Dimensions);
        for (var row = 0; row < Rows; row++)
            best = Math.Max(best, TensorPrimitives.Dot<float>(query, _rows.Slice((long)row * Dimensions, Dimensions)));
        return best;
    }

    [Benchmark]
    public float DotKernelDot()
    {
        var best = 0f;
        for (var row = 0; row < Rows; row++)
            best = Math.Max(best, DotKernel.Dot(_rows.Pointer, _rows.Pointer + (long)row * Dimensions, Dimensions));
        return best;
    }

    [Benchmark]
    public uint NibbleKernelBound()
    {
        var query = new NibbleQuery(_pairs.Pointer, Groups, 0.001f, 0, 1);
        var any = 0u;
        for (var block = 0; block < Rows / NibbleKernel.BlockRows; block++)
            any |= NibbleKernel.Bound(_blocks.Pointer + (long)block * NibbleKernel.BlockBytes(Groups), query, 0, 1e9f, _bounds.Pointer);
        return any;
    }
}
