using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ImageRec.Features;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>
/// Says how to make the extractor of an ONNX network, or of several joined. The networks themselves go into the catalog file, so that
/// opening it needs no other file and no certain version of the package.
/// </summary>
internal sealed class ExtractorRecipe
{
    private readonly IReadOnlyList<OnnxModel> _models;
    private readonly IReadOnlyList<float> _weights;

    public ExtractorRecipe(OnnxModel model) : this([model], [1])
    {
    }

    private ExtractorRecipe(IReadOnlyList<OnnxModel> models, IReadOnlyList<float> weights) => (_models, _weights) = (models, weights);

    public ExtractorChoice Choice => new(string.Join(" + ", _models.Select(model => model.Name)), Create, Owned: true, this);

    /// <summary>Returns the recipe for networks joined by weights; they are copied.</summary>
    public static ExtractorRecipe Of(IReadOnlyList<(OnnxModel Model, float Weight)> networks) =>
        new([.. networks.Select(network => network.Model.Copy())], [.. networks.Select(network => network.Weight)]);

    /// <summary>Returns a recipe with one network more.</summary>
    public ExtractorRecipe And(OnnxModel model, float weight) => new([.. _models, model], [.. _weights, weight]);

    /// <summary>
    /// Returns this recipe with margins as a file has them, where the caller has not said how: files built before margins were left out
    /// stay as they are.
    /// </summary>
    public ExtractorRecipe WithMarginsOf(CatalogFile catalog)
    {
        if (!_models.Any(model => model.TrimsUnlessSet) || Load(catalog) is not { } file || file._models.Count != _models.Count
            || !_models.Where((model, i) => model.TrimsUnlessSet && !file._models[i].TrimMargins).Any())
            return this;
        var models = _models.Select(model => model.Copy()).ToList();
        for (var i = 0; i < models.Count; i++)
        {
            if (models[i].TrimsUnlessSet)
                models[i].TrimMargins = file._models[i].TrimMargins;
        }
        return new(models, _weights);
    }

    public static ExtractorRecipe? Load(CatalogFile file)
    {
        if (file.State.Read("extractor") is not { } settings)
            return null;
        var recipe = new ExtractorRecipe(LoadModel(file, settings, ""));
        if (file.State.Read("joined") is not { } joined)
            return recipe;
        var weights = MemoryMarshal.Cast<byte, float>(joined).ToArray();
        for (var i = 1; i < weights.Length; i++)
        {
            settings = file.State.Read($"extractor.{i}") ?? throw file.Damaged("the settings of a joined network are missing");
            recipe = recipe.And(LoadModel(file, settings, $".{i}"), weights[i]);
        }
        return recipe;
    }

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    /// <param name="state">The file.</param>
    /// <param name="extractor">What <see cref="Choice"/> made.</param>
    public void Save(StateStore state, IFeatureExtractor extractor)
    {
        IReadOnlyList<IFeatureExtractor> parts = extractor is JoinedFeatureExtractor joined ? joined.Parts : [extractor];
        for (var i = 0; i < parts.Count; i++)
        {
            var suffix = i == 0 ? "" : $".{i}";
            state.Write($"extractor{suffix}", Encoding.UTF8.GetBytes(_models[i].ToJson()));
            state.Write($"network{suffix}", ((OnnxFeatureExtractor)parts[i]).NetworkBytes);
        }
        if (parts.Count > 1)
            state.Write("joined", MemoryMarshal.AsBytes<float>(_weights.ToArray()).ToArray());
    }

    private static OnnxModel LoadModel(CatalogFile file, byte[] settings, string suffix)
    {
        var network = file.State.Read($"network{suffix}") ?? throw file.Damaged("its network is missing");
        try
        {
            return OnnxModel.FromJson(Encoding.UTF8.GetString(settings), network);
        }
        catch (JsonException e)
        {
            throw file.Damaged($"the settings of its network cannot be read ({e.Message})");
        }
    }

    private IFeatureExtractor Create(OnnxOptions options)
    {
        var parts = new List<IFeatureExtractor>();
        try
        {
            foreach (var model in _models)
                parts.Add(new OnnxFeatureExtractor(model, options));
        }
        catch
        {
            parts.ForEach(part => part.Dispose());
            throw;
        }
        return parts.Count == 1 ? parts[0] : new JoinedFeatureExtractor(parts, _weights);
    }
}
