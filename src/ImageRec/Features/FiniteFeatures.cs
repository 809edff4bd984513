using System.Numerics.Tensors;

namespace ImageRec.Features;

/// <summary>Features are numbers, whatever a network gives.</summary>
internal static class FiniteFeatures
{
    /// <exception cref="InvalidFeaturesException">One of them is NaN or infinite.</exception>
    public static void Require(ReadOnlySpan<float> row, string name, IFeatureExtractor extractor)
    {
        if (!TensorPrimitives.IsFiniteAll(row))
            throw new InvalidFeaturesException(Missing(name, extractor));
    }

    public static string Missing(string name, IFeatureExtractor extractor) =>
        $"{extractor.Name} gave NaN or infinity for '{name}'. Its weights or its preprocessing are wrong; nothing was stored for this picture.";
}
