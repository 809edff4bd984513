using ImageRec.Text;

namespace ImageRec.Features;

/// <summary>
/// Finds the wanted tensor inside a network and cuts the network there, so that nothing beyond it is loaded, computed or stored.
/// </summary>
internal static class OnnxCut
{
    private const int Listed = 40;

    /// <summary>Returns the bytes of the cut network, with all its weights inside.</summary>
    /// <param name="model">The declaration.</param>
    /// <param name="output">Receives the tensor it ends at.</param>
    /// <exception cref="OnnxModelException">
    /// Not an ONNX file, no such tensor, or missing weights; the message lists what there is.
    /// </exception>
    public static byte[] Make(OnnxModel model, out string output)
    {
        var bytes = model.Weights.Bytes;
        try
        {
            var graph = OnnxGraph.Read(bytes);
            output = model.Output ?? graph.Outputs.Concat(graph.Nodes[^1].Outputs).FirstOrDefault("");
            if (!graph.Computes(output))
                throw new OnnxModelException($"{model.Name} has no tensor '{Excerpt.Of(output)}'. {Nearest(graph, output)}{List(graph)}");
            return new ExternalWeights(model.Weights).Fold(graph.CutAt(output));
        }
        catch (InvalidDataException e)
        {
            throw Damaged(model.Weights, bytes.Span, e);
        }
    }

    private static OnnxModelException Damaged(OnnxWeights weights, ReadOnlySpan<byte> bytes, InvalidDataException inner)
    {
        var what = NotOnnx.Describe(bytes[..Math.Min(bytes.Length, NotOnnx.HeadLength)])
            ?? $"{inner.Message} It is cut off, damaged or something else. Copy or download it again.";
        return new OnnxModelException($"'{weights.Name}' is not an ONNX network: {what}", inner);
    }

    private static string Nearest(OnnxGraph graph, string wanted)
    {
        var near = Spelling.Near(wanted, graph.ImageTensors().Select(tensor => tensor.Name), most: 3);
        return near.Count == 0 ? "" : $"Did you mean {string.Join(" or ", near.Select(name => $"'{Excerpt.Of(name)}'"))}? ";
    }

    private static string List(OnnxGraph graph)
    {
        // The last ones are the likely embeddings.
        var tensors = graph.ImageTensors().ToList();
        var shown = tensors.TakeLast(Listed).Select(tensor => $"{Excerpt.Of(tensor.Name)} ({Excerpt.Of(tensor.Operation)})");
        var more = tensors.Count > Listed ? $"{tensors.Count - Listed} earlier ones, then " : "";
        return $"It has: {more}{string.Join(", ", shown)}.";
    }
}
