using System.Text;
using System.Text.Json;
using ImageRec.Features;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>
/// Makes an ONNX extractor. The network itself goes into the catalog file, so that opening it needs no other file and no certain version of
/// the package.
/// </summary>
internal sealed class ExtractorRecipe(OnnxModel model)
{
    public ExtractorChoice Choice => new(model.Name, options => new OnnxFeatureExtractor(model, options), Owned: true, this);

    public static ExtractorRecipe? Load(CatalogFile file)
    {
        if (file.State.Read("extractor") is not { } settings)
            return null;
        var network = file.State.Read("network") ?? throw file.Damaged("its network is missing");
        try
        {
            return new ExtractorRecipe(OnnxModel.FromJson(Encoding.UTF8.GetString(settings), network));
        }
        catch (JsonException e)
        {
            throw file.Damaged($"the settings of its network cannot be read ({e.Message})");
        }
    }

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    /// <param name="state">The file.</param>
    /// <param name="extractor">What <see cref="Choice"/> made.</param>
    public void Save(StateStore state, IFeatureExtractor extractor)
    {
        state.Write("extractor", Encoding.UTF8.GetBytes(model.ToJson()));
        state.Write("network", ((OnnxFeatureExtractor)extractor).NetworkBytes);
    }
}
