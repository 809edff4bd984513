using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Tests.Vectors;

public sealed unsafe class CholeskyTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 2)]
    [InlineData(64, 3)]
    [InlineData(150, 5)]
    [InlineData(449, 70)]
    public void Solve_PositiveDefiniteMatrix_GivesTheValuesItWasMadeFrom(int count, int sides)
    {
        var random = new Random(count);
        var root = new FeatureMatrix(count, count);
        foreach (ref var value in root.Values.Span)
            value = random.NextSingle() - 0.5f;
        var expected = new FeatureMatrix(count, sides);
        foreach (ref var value in expected.Values.Span)
            value = random.NextSingle();
        var values = new FeatureMatrix(count, sides);
        using var matrix = new NativeBuffer<float>((long)count * count);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var entry = TensorPrimitives.Dot<float>(root[i], root[j]) + (i == j ? count / 10f : 0);
                matrix.Pointer[((long)i * count) + j] = j > i ? float.NaN : entry;
                TensorPrimitives.MultiplyAdd(expected[j], entry, values[i], values[i]);
            }
        }

        Cholesky.Factor(matrix.Pointer, count, TestContext.Current.CancellationToken);
        Cholesky.Solve(matrix.Pointer, values);

        for (var i = 0; i < count; i++)
            for (var side = 0; side < sides; side++)
                Assert.Equal(expected[i][side], values[i][side], 2e-3f);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(6, 64, 300)]
    [InlineData(13, 31, 256)]
    public void Add_Block_AddsScaledProductsAndNothingElse(int count, int width, int depth)
    {
        var random = new Random(count);
        var (left, right, sums) = (new FeatureMatrix(count, depth + 3), new FeatureMatrix(width, depth + 1), new FeatureMatrix(count, 70));
        foreach (ref var value in left.Values.Span)
            value = random.NextSingle() - 0.5f;
        foreach (ref var value in right.Values.Span)
            value = random.NextSingle() - 0.5f;
        sums.Values.Span.Fill(1);

        fixed (float* a = left.Values.Span, b = right.Values.Span, to = sums.Values.Span)
            BlockProducts.Add(a, depth + 3, count, b, depth + 1, width, depth, -2, to, 70);

        for (var i = 0; i < count; i++)
            for (var c = 0; c < 70; c++)
                Assert.Equal(c < width ? 1 - (2 * TensorPrimitives.Dot<float>(left[i][..depth], right[c][..depth])) : 1, sums[i][c], 1e-3f);
    }
}
