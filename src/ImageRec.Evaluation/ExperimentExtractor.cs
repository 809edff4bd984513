using ImageRec.Features;

namespace ImageRec.Evaluation;

/// <summary>A network of an experiment.</summary>
/// <param name="Name">What the table calls it, such as <c>alexnet</c>.</param>
/// <param name="Output">Which of its tensors, as the table calls it; empty when the name says it.</param>
/// <param name="Create">Makes the extractor; called when the first cell needs it, disposed after the last.</param>
public sealed record ExperimentExtractor(string Name, string Output, Func<IFeatureExtractor> Create)
{
    /// <summary>A tensor of an ONNX network.</summary>
    /// <param name="model">The network; its <see cref="OnnxModel.Output"/> names the tensor.</param>
    public static ExperimentExtractor Onnx(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ExperimentExtractor(model.Name, model.Output ?? "", () => new OnnxFeatureExtractor(model));
    }
}
