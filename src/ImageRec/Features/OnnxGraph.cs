namespace ImageRec.Features;

/// <summary>
/// Reads what is inside an ONNX file: its nodes and the tensors between them (onnx.proto: ModelProto, GraphProto, NodeProto).
/// </summary>
internal sealed class OnnxGraph
{
    public const int GraphOfModel = 7, NodeOfGraph = 1, InitializerOfGraph = 5, InputOfGraph = 11, ValueInfoOfGraph = 13;
    private const int OutputOfGraph = 12, SparseInitializerOfGraph = 15;

    private readonly ReadOnlyMemory<byte> _model;
    private readonly Dictionary<string, OnnxNode> _producers = [];

    private OnnxGraph(ReadOnlyMemory<byte> model) => _model = model;

    /// <summary>The nodes, in the file's order: each comes after those that feed it.</summary>
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>Names of the declared outputs.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>Names of the declared inputs, and in older files of weights too.</summary>
    private HashSet<string> Inputs { get; } = [];

    private Dictionary<string, int?> Initializers { get; } = [];

    /// <summary>Finds the tensors that depend on the image, in the file's order, with the operation that computes each.</summary>
    public IEnumerable<(string Name, string Operation)> ImageTensors()
    {
        HashSet<string> reached = [.. Inputs.Except(Initializers.Keys)];
        foreach (var node in Nodes.Where(node => node.Inputs.Any(reached.Contains)))
        {
            foreach (var output in node.Outputs)
            {
                reached.Add(output);
                yield return (output, node.Operation);
            }
        }
    }

    /// <summary>Finds the node that computes a tensor; null for inputs and weights.</summary>
    public OnnxNode? Producer(string tensor) => _producers.GetValueOrDefault(tensor);

    /// <summary>Returns the size of a tensor of weights in its first dimension; null when there are no such weights.</summary>
    public int? FirstDimension(string weights) => Initializers.TryGetValue(weights, out var size) ? size : null;

    /// <summary>Reads the structure; weights are skipped.</summary>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX file.</exception>
    public static OnnxGraph Read(ReadOnlyMemory<byte> model)
    {
        var graph = new OnnxGraph(model);
        var fields = new ProtobufReader(model.Span);
        while (fields.Read())
        {
            if (fields.Field == GraphOfModel && fields.HasContent)
                graph.ReadGraph(fields.Content);
        }
        if (graph.Nodes.Count == 0)
            throw new InvalidDataException("It has no nodes.");
        return graph;
    }

    /// <summary>Returns whether some node computes this tensor.</summary>
    public bool Computes(string tensor) => _producers.ContainsKey(tensor);

    /// <summary>
    /// Cuts the network so that it ends at one tensor: only the nodes and weights it needs are left, and it is the only output.
    /// </summary>
    /// <remarks>
    /// Cutting what was cut already gives the same bytes. Networks with control flow keep all their nodes, because their inner graphs use
    /// outer tensors.
    /// </remarks>
    /// <param name="tensor">One that some node computes.</param>
    public byte[] CutAt(string tensor)
    {
        var needed = Nodes.Any(node => node.HasInnerGraph) ? null : Needed(tensor);
        var cut = new ByteRope();
        var fields = new ProtobufReader(_model.Span);
        var graph = new ByteRope();
        while (fields.Read())
        {
            if (fields.Field == GraphOfModel)
                CopyGraph(_model[fields.ContentRange], needed, graph);
            else
                cut.Add(_model[fields.WholeRange]);
        }
        graph.Add(Protobuf.Field(OutputOfGraph, Protobuf.Field(1, tensor)));
        cut.AddField(GraphOfModel, graph);
        return cut.ToArray();
    }

    private void ReadGraph(ReadOnlySpan<byte> graph)
    {
        var fields = new ProtobufReader(graph);
        while (fields.Read())
        {
            if (fields.Field == NodeOfGraph)
            {
                var node = OnnxNode.Read(fields.Content);
                Nodes.Add(node);
                foreach (var output in node.Outputs)
                    _producers[output] = node;
            }
            else if (fields.Field == OutputOfGraph)
            {
                Outputs.Add(Protobuf.Text(fields.Content, 1));
            }
            else if (fields.Field == InputOfGraph)
            {
                Inputs.Add(Protobuf.Text(fields.Content, 1));
            }
            else if (fields.Field == InitializerOfGraph)
            {
                Initializers[Protobuf.Text(fields.Content, 8)] = Protobuf.FirstNumber(fields.Content, 1);
            }
        }
    }

    private HashSet<string> Needed(string tensor)
    {
        HashSet<string> needed = [];
        Stack<string> open = new([tensor]);
        while (open.TryPop(out var name))
        {
            if (!needed.Add(name) || !_producers.TryGetValue(name, out var node))
                continue;
            foreach (var other in node.Outputs)
                needed.Add(other);
            foreach (var input in node.Inputs)
                open.Push(input);
        }
        return needed;
    }

    private static void CopyGraph(ReadOnlyMemory<byte> graph, HashSet<string>? needed, ByteRope copy)
    {
        var fields = new ProtobufReader(graph.Span);
        while (fields.Read())
        {
            var keep = fields.Field switch
            {
                OutputOfGraph => false,
                NodeOfGraph => needed is null || OnnxNode.Read(fields.Content).Outputs.Any(needed.Contains),
                InitializerOfGraph => needed is null || needed.Contains(Protobuf.Text(fields.Content, 8)),
                SparseInitializerOfGraph => true,
                InputOfGraph or ValueInfoOfGraph => needed is null || needed.Contains(Protobuf.Text(fields.Content, 1)),
                _ => true,
            };
            if (keep)
                copy.Add(graph[fields.WholeRange]);
        }
    }
}
