using System.Numerics.Tensors;

namespace ImageRec.Learning;

/// <summary>Scores as probabilities.</summary>
internal static class Softmax
{
    /// <summary>exp(score) divided by the sum of all, in place; scores of any size, for the largest is taken off first.</summary>
    public static void Apply(Span<float> scores)
    {
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.SoftMax<float>(scores, scores);
    }
}
