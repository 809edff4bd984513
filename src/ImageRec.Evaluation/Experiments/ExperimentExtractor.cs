using ImageRec.Building;
using ImageRec.Features;
using static System.FormattableString;

namespace ImageRec.Evaluation;

/// <summary>Names a network of an experiment and says how to open it.</summary>
public sealed class ExperimentExtractor
{
    /// <summary>Adds an extractor of your own.</summary>
    /// <param name="name">The name in the table.</param>
    /// <param name="create">Creates the extractor. It is called for the first cell that needs it, and the result is disposed after the
    /// last.</param>
    public ExperimentExtractor(string name, Func<IFeatureExtractor> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        (Name, Create) = (name, create);
    }

    internal string Name { get; }

    internal Func<IFeatureExtractor> Create { get; }

    /// <summary>Gets the tensor's name in the table. It is empty where the name says it.</summary>
    internal string Output { get; private init; } = "";

    /// <summary>Joins the rows of several ONNX networks, as <see cref="RecommenderBuilder.AndOnnx"/> does.</summary>
    /// <param name="networks">Two networks or more, each with how much it counts, more than 0.</param>
    public static ExperimentExtractor Joined(params IReadOnlyList<(OnnxModel Model, float Weight)> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        if (networks.Count < 2 || networks.Any(network => network.Model is null || !(network.Weight > 0)))
            throw new ArgumentException("Give two networks or more, each with a weight above 0.", nameof(networks));
        var choice = ExtractorRecipe.Of(networks).Choice;
        var name = string.Join(" + ", networks.Select(network =>
            network.Weight == 1 ? network.Model.Name : Invariant($"{network.Weight} {network.Model.Name}")));
        return new ExperimentExtractor(name, () => choice.Create(new OnnxOptions()));
    }

    /// <summary>Takes a tensor of an ONNX network.</summary>
    /// <param name="model">The network. Its <see cref="OnnxModel.Output"/> names the tensor.</param>
    public static ExperimentExtractor Onnx(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ExperimentExtractor(model.Name, () => new OnnxFeatureExtractor(model)) { Output = model.Output ?? "" };
    }
}
