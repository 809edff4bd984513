using System.Numerics.Tensors;
using ImageRec.Learning;

namespace ImageRec.Tests.Learning;

public sealed class CategoryPartTests
{
    private static readonly CategoryPart Part = new(2, 3, 0.5f);

    private static float[] Fused(float[] row, float[] probabilities)
    {
        var fused = new float[5];
        Part.Fuse(row, probabilities, fused);
        return fused;
    }

    [Fact]
    public void Fuse_TwoRows_ScoreIsTheWeightedMeanOfPictureAndAgreement()
    {
        var a = Fused([0.6f, 0.8f], [1, 0, 0]);
        var b = Fused([1, 0], [0.64f, 0.36f, 0]);
        // Cosine 0.6; agreement sqrt(1 x 0.64) = 0.8; (0.6 + 0.25 x 0.8) / 1.25 = 0.64.
        Assert.Equal(0.64f, TensorPrimitives.Dot<float>(a, b), 1e-6f);
        Assert.Equal(1, TensorPrimitives.Norm<float>(a), 1e-6f);
        Assert.Equal(1, TensorPrimitives.Norm<float>(b), 1e-6f);
    }

    [Fact]
    public void Fuse_ZeroRow_StaysZero() => Assert.All(Fused([0, 0], [0.2f, 0.3f, 0.5f]), value => Assert.Equal(0, value));

    [Fact]
    public void UnitRowAndProbabilities_OfAFusedRow_ComeBack()
    {
        var fused = Fused([0.6f, 0.8f], [0.64f, 0.36f, 0]);
        Assert.Equal([0.6f, 0.8f], Part.UnitRow(fused).Select(v => MathF.Round(v, 5)));
        Assert.Equal([0.64f, 0.36f, 0], Part.Probabilities(fused).Select(v => MathF.Round(v, 5)));
    }
}
