using System.Runtime.Intrinsics;
using ImageRec.Vectors;

namespace ImageRec.Tests.Vectors;

public sealed unsafe class ProductKernelTests
{
    private const int Width = ProductKernel.PanelWidth;

    private delegate void Kernel(float** rows, float* panel, float* offsets, int dimensions, float* products);

    [Fact]
    public void Multiply_WidestPath_AgreesWithADoubleLoop() => Check(ProductKernel.Multiply);

    [Fact]
    public void Multiply_512BitPath_AgreesWithADoubleLoop() => Check(ProductKernel.Multiply<Float512, Vector512<float>>);

    [Fact]
    public void Multiply_256BitPath_AgreesWithADoubleLoop() => Check(ProductKernel.Multiply<Float256, Vector256<float>>);

    [Fact]
    public void Multiply_128BitPath_AgreesWithADoubleLoop() => Check(ProductKernel.Multiply<Float128, Vector128<float>>);

    [Fact]
    public void Multiply_ScalarPath_AgreesWithADoubleLoop() => Check(ProductKernel.Multiply<FloatScalar, float>);

    private static void Check(Kernel kernel)
    {
        var random = new Random(3);
        var four = stackalloc float*[4];
        foreach (var dimensions in Lengths.All(longest: 300))
        {
            var rows = Lengths.Numbers(random, 4 * dimensions);
            var panel = Lengths.Numbers(random, dimensions * Width);
            var offsets = Lengths.Numbers(random, Width);
            using GuardedBuffer<float> guardedRows = new(rows), guardedPanel = new(panel), guardedOffsets = new(offsets);
            using GuardedBuffer<float> products = new(new float[4 * Width]);
            for (var r = 0; r < 4; r++)
                four[r] = guardedRows.Pointer + r * dimensions;

            kernel(four, guardedPanel.Pointer, guardedOffsets.Pointer, dimensions, products.Pointer);

            var (one, another) = ((random.Next(4), random.Next(Width)), (random.Next(4), random.Next(Width)));
            foreach (var (row, column) in new[] { (0, 0), (1, 17), (2, 33), (3, 63), one, another })
            {
                double expected = offsets[column];
                for (var j = 0; j < dimensions; j++)
                    expected += (double)rows[row * dimensions + j] * panel[j * Width + column];
                Assert.Equal(expected, products.Pointer[row * Width + column], 1e-5 * dimensions);
            }
        }
    }
}
