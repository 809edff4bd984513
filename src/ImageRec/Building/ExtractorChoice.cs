using ImageRec.Features;

namespace ImageRec.Building;

/// <summary>Holds an extractor that a builder was given and has not made yet.</summary>
/// <param name="Name">Printable name.</param>
/// <param name="Create">Makes it; the options are for networks in ONNX files.</param>
/// <param name="Owned">Whether the engine disposes it.</param>
/// <param name="Recipe">How to make it again from the file; null for the caller's own.</param>
internal sealed record ExtractorChoice(string Name, Func<OnnxOptions, IFeatureExtractor> Create, bool Owned, ExtractorRecipe? Recipe);
