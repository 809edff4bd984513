using ImageRec.Features;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>How to make an extractor, kept in the catalogue file so that opening it needs nothing else.</summary>
internal sealed class ExtractorRecipe
{
    public IFeatureExtractor Create() => throw new InvalidOperationException($"{this} is not restorable.");

    public void Save(StateStore state) => state.WriteJson("extractor", ToString());

    public static ExtractorRecipe? Load(CatalogFile file) => null;
}
