using System.Globalization;
using ImageRec.Features;
using ImageRec.Vectors;

namespace ImageRec.Reduction;

/// <summary>
/// Reduces the parts of joined embeddings, each by itself, and weighs them: a part counts by its weight, not by its length.
/// </summary>
/// <param name="inner">Reduces each part.</param>
/// <param name="features">Which parts there are.</param>
internal sealed class JoinedReducer(IReducer inner, IJoinedFeatures features) : IReducer
{
    // What loads the state is found by the name up to the first bracket.
    public string Name
    {
        get
        {
            var weights = string.Join(", ", features.PartWeights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)));
            return $"{inner.Name}(joined {weights})";
        }
    }

    /// <summary>Returns the reducer for an extractor: itself, or for each part when the extractor joins several networks.</summary>
    public static IReducer For(IFeatureExtractor extractor, IReducer reducer) =>
        extractor is IJoinedFeatures { PartDimensions.Count: > 0 } features ? new JoinedReducer(reducer, features) : reducer;

    /// <summary>Refuses embeddings that are too short, so that a build fails before it computes any.</summary>
    public void RequireFeatures()
    {
        foreach (var dimensions in features.PartDimensions)
            (inner as PcaReducer)?.RequireFeatures(dimensions);
    }

    public IProjection Fit(FeatureMatrix sample, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var parts = new List<IProjection>();
        var start = 0;
        foreach (var dimensions in features.PartDimensions)
        {
            parts.Add(inner.Fit(JoinedProjection.Part(sample, start, dimensions), context));
            start += dimensions;
        }
        return new JoinedProjection(parts, features.PartWeights);
    }

    public IProjection Load(Stream source)
    {
        var parts = new List<IProjection>();
        for (var i = 0; i < features.PartDimensions.Count; i++)
            parts.Add(inner.Load(source));
        return new JoinedProjection(parts, features.PartWeights);
    }
}
