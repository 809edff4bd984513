using ImageRec.Features;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>How to make an extractor, kept in the catalogue file so that opening it needs nothing else.</summary>
internal abstract class ExtractorRecipe
{
    public abstract IFeatureExtractor Create();

    public abstract void Save(StateStore state);
}
