using System.Runtime.Intrinsics;
using ImageRec.Vectors;

namespace ImageRec.Tests.Vectors;

public sealed unsafe class DotKernelTests
{
    private delegate float Kernel(float* a, float* b, int length);

    [Fact]
    public void Dot_WidestPath_AgreesWithADoubleLoop() => Check(DotKernel.Dot);

    [Fact]
    public void Dot_512BitPath_AgreesWithADoubleLoop() => Check(DotKernel.Dot<Float512, Vector512<float>>);

    [Fact]
    public void Dot_256BitPath_AgreesWithADoubleLoop() => Check(DotKernel.Dot<Float256, Vector256<float>>);

    [Fact]
    public void Dot_128BitPath_AgreesWithADoubleLoop() => Check(DotKernel.Dot<Float128, Vector128<float>>);

    [Fact]
    public void Dot_ScalarPath_AgreesWithADoubleLoop() => Check(DotKernel.Dot<FloatScalar, float>);

    [Fact]
    public void Dot_NoNumbers_IsZero() => Assert.Equal(0, DotKernel.Dot(null, null, 0));

    private static void Check(Kernel kernel)
    {
        var random = new Random(2);
        foreach (var length in Lengths.All())
        {
            float[] a = Lengths.Numbers(random, length), b = Lengths.Numbers(random, length);
            using GuardedBuffer<float> guardedA = new(a), guardedB = new(b);
            double expected = 0, size = 0;
            for (var i = 0; i < length; i++)
            {
                expected += (double)a[i] * b[i];
                size += Math.Abs((double)a[i] * b[i]);
            }

            var product = kernel(guardedA.Pointer, guardedB.Pointer, length);

            Assert.True(Math.Abs(expected - product) <= size * length * 6e-8 + 1e-7, $"{length} numbers: {product} instead of {expected}.");
        }
    }
}
