using System.Numerics.Tensors;

namespace ImageRec.Learning;

/// <summary>Turns scores into probabilities.</summary>
internal static class Softmax
{
    /// <summary>
    /// Replaces every score by exp(score) divided by the sum of all; scores may be of any size, for the largest is subtracted first.
    /// </summary>
    public static void Apply(Span<float> scores)
    {
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.SoftMax<float>(scores, scores);
    }
}
