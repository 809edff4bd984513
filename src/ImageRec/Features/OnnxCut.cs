namespace ImageRec.Features;

/// <summary>
/// Finds the wanted tensor inside a network and cuts the network there, so that nothing beyond it is loaded, computed or stored.
/// </summary>
internal static class OnnxCut
{
    private const int Listed = 40;
    private const int LongestName = 500;

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
        var near = graph.ImageTensors()
            .Where(tensor => tensor.Name.Length <= LongestName && wanted.Length <= LongestName)
            .Select(tensor => (tensor.Name, Distance: Distance(tensor.Name, wanted)))
            .Where(tensor => tensor.Distance <= Math.Max(2, wanted.Length / 2)
                || tensor.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .OrderBy(tensor => tensor.Distance)
            .Take(3)
            .Select(tensor => $"'{Excerpt.Of(tensor.Name)}'")
            .ToList();
        return near.Count == 0 ? "" : $"Did you mean {string.Join(" or ", near)}? ";
    }

    private static string List(OnnxGraph graph)
    {
        // The last ones are the likely embeddings.
        var tensors = graph.ImageTensors().ToList();
        var shown = tensors.TakeLast(Listed).Select(tensor => $"{Excerpt.Of(tensor.Name)} ({Excerpt.Of(tensor.Operation)})");
        var more = tensors.Count > Listed ? $"{tensors.Count - Listed} earlier ones, then " : "";
        return $"It has: {more}{string.Join(", ", shown)}.";
    }

    /// <summary>Computes the Levenshtein distance without regard to case (Wagner and Fischer 1974).</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var differs = char.ToUpperInvariant(a[i - 1]) != char.ToUpperInvariant(b[j - 1]) ? 1 : 0;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + differs);
            }
            previous = current;
        }
        return previous[^1];
    }
}
