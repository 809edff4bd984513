using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ImageRec.Vectors;

namespace ImageRec.Tests.Vectors;

public sealed unsafe class NibbleKernelTests
{
    private delegate uint Kernel(byte* block, in NibbleQuery query, float start, float threshold, float* bounds);

    [Fact]
    public void Bound_WidestPath_AgreesWithADoubleLoop() => Check(NibbleKernel.Bound);

    [Fact]
    public void Bound_512BitPath_AgreesWithADoubleLoop()
    {
        Assert.SkipUnless(Avx512BW.IsSupported, "This processor has no 512-bit byte arithmetic, or it is switched off.");
        Check(NibbleKernel.Bound<Nibble512, Vector512<byte>, Vector512<short>, Vector512<int>, Vector512<float>>);
    }

    [Fact]
    public void Bound_256BitPath_AgreesWithADoubleLoop()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor has no 256-bit byte arithmetic, or it is switched off.");
        Check(NibbleKernel.Bound<Nibble256, Vector256<byte>, Vector256<short>, Vector256<int>, Vector256<float>>);
    }

    [Fact]
    public void Bound_128BitPath_AgreesWithADoubleLoop()
    {
        Assert.SkipUnless(Ssse3.IsSupported, "This processor has no 128-bit byte arithmetic, or it is switched off.");
        Check(NibbleKernel.Bound<Nibble128, Vector128<byte>, Vector128<short>, Vector128<int>, Vector128<float>>);
    }

    [Fact]
    public void Bound_ScalarPath_AgreesWithADoubleLoop() => Check(NibbleKernel.BoundScalar);

    private static void Check(Kernel kernel)
    {
        var random = new Random(5);
        foreach (var dimensions in Lengths.All())
        {
            var sample = new NibbleSample(random, dimensions);
            using GuardedBuffer<byte> block = new(sample.Block);
            using GuardedBuffer<int> pairs = new(sample.Pairs);
            using GuardedBuffer<float> bounds = new(new float[32]);
            var query = new NibbleQuery(pairs.Pointer, sample.Groups, sample.Slope, sample.Intercept, sample.ErrorFactor);
            var threshold = (float)sample.Expected(random.Next(32), start: 0.25f);

            var mask = kernel(block.Pointer, query, 0.25f, threshold, bounds.Pointer);

            for (var row = 0; row < 32; row++)
            {
                var expected = sample.Expected(row, start: 0.25f);
                Assert.Equal(expected, bounds.Pointer[row], 1e-5 * Math.Max(1, Math.Abs(expected)) + 1e-6 * dimensions);
                Assert.Equal(bounds.Pointer[row] >= threshold, (mask >> row & 1) == 1);
            }
        }
    }
}
