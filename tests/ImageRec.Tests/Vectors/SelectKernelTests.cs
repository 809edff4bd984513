using System.Runtime.Intrinsics;
using ImageRec.Vectors;

namespace ImageRec.Tests.Vectors;

public sealed unsafe class SelectKernelTests
{
    private delegate int Kernel(float* values, int count, float threshold, int* positions);

    [Fact]
    public void AtLeast_WidestPath_FindsWhatALoopFinds() => Check(SelectKernel.AtLeast);

    [Fact]
    public void AtLeast_512BitPath_FindsWhatALoopFinds() => Check(SelectKernel.AtLeast<Float512, Vector512<float>>);

    [Fact]
    public void AtLeast_256BitPath_FindsWhatALoopFinds() => Check(SelectKernel.AtLeast<Float256, Vector256<float>>);

    [Fact]
    public void AtLeast_128BitPath_FindsWhatALoopFinds() => Check(SelectKernel.AtLeast<Float128, Vector128<float>>);

    [Fact]
    public void AtLeast_ScalarPath_FindsWhatALoopFinds() => Check(SelectKernel.AtLeast<FloatScalar, float>);

    private static void Check(Kernel kernel)
    {
        var random = new Random(4);
        foreach (var length in Lengths.All())
        {
            var values = Lengths.Numbers(random, length);
            var threshold = values[random.Next(length)];
            using GuardedBuffer<float> guarded = new(values);
            using GuardedBuffer<int> positions = new(new int[length]);

            var count = kernel(guarded.Pointer, length, threshold, positions.Pointer);

            var expected = Enumerable.Range(0, length).Where(i => values[i] >= threshold);
            Assert.Equal(expected, new ReadOnlySpan<int>(positions.Pointer, count).ToArray());
        }
    }
}
