using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks.Kernels;

/// <summary>One dot product of rows in the nearest cache.</summary>
[MemoryDiagnoser]
public unsafe class DotBenchmarks
{
    private readonly NativeBuffer<float> _a = new(4096);
    private readonly NativeBuffer<float> _b = new(4096);

    [Params(64, 128, 256, 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        for (var i = 0; i < 4096; i++)
            (_a.Pointer[i], _b.Pointer[i]) = (random.NextSingle(), random.NextSingle());
    }

    [Benchmark(Baseline = true)]
    public float NaiveLoop()
    {
        var sum = 0f;
        for (var i = 0; i < Length; i++)
            sum += _a.Pointer[i] * _b.Pointer[i];
        return sum;
    }

    [Benchmark]
    public float TensorPrimitivesDot() => TensorPrimitives.Dot<float>(_a.Slice(0, Length), _b.Slice(0, Length));

    [Benchmark]
    public float DotKernelDot() => DotKernel.Dot(_a.Pointer, _b.Pointer, Length);
}
