using System.Numerics.Tensors;

namespace ImageRec.Features;

/// <summary>Requires that embeddings are finite.</summary>
internal static class FiniteFeatures
{
    /// <summary>Requires that every value of an embedding is finite.</summary>
    /// <exception cref="InvalidFeaturesException">One of them is NaN or infinite.</exception>
    public static void Require(ReadOnlySpan<float> row, string name, IFeatureExtractor extractor)
    {
        if (!TensorPrimitives.IsFiniteAll(row))
            throw new InvalidFeaturesException(Missing(name, extractor));
    }

    /// <summary>Says which extractor computed NaN or infinity for which image.</summary>
    public static string Missing(string name, IFeatureExtractor extractor) =>
        $"{extractor.Name} computed NaN or infinity for '{name}'. Its weights or its preprocessing are wrong; "
        + "nothing was stored for this image.";
}
