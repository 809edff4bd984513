namespace ImageRec.Features;

/// <summary>
/// Takes weights that lie in files beside the ONNX file into the network, so that they are part of its fingerprint and of the catalog file.
/// They may stand wherever onnx.proto has a TensorProto: in graphs, in attributes, in the graphs of control flow, in functions.
/// </summary>
/// <param name="source">The ONNX file.</param>
internal sealed class ExternalWeights(OnnxWeights source)
{
    /// <summary>How to save a network with its weights inside.</summary>
    public const string AsOneFile = "onnx.save(onnx.load(\"model.onnx\"), \"one-file.onnx\", save_as_external_data=False)";

    // Protobuf itself reads no deeper.
    private const int MaxDepth = 100;

    private enum Message
    {
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        SparseTensor,
        Function,
    }

    /// <summary>Returns the network with all weights inside; the same bytes when they are there already.</summary>
    /// <exception cref="OnnxModelException">
    /// A file of weights is missing, not beside the network or too short, or all are too large together.
    /// </exception>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX file.</exception>
    public byte[] Fold(byte[] network) => Fold(network, Message.Model, 0)?.ToArray() ?? network;

    /// <summary>Returns the changed message; null when there is nothing to change.</summary>
    private ByteRope? Fold(ReadOnlyMemory<byte> message, Message kind, int depth)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException($"Its graphs are nested deeper than {MaxDepth} messages.");
        if (kind == Message.Tensor)
            return FoldTensor(message);
        ByteRope? changed = null;
        var kept = 0;
        var fields = new ProtobufReader(message.Span);
        while (fields.Read())
        {
            if (!fields.HasContent
                || Child(kind, fields.Field) is not { } child
                || Fold(message[fields.ContentRange], child, depth + 1) is not { } content)
                continue;
            changed ??= new();
            changed.Add(message[kept..fields.WholeRange.Start.Value]);
            changed.AddField(fields.Field, content);
            kept = fields.WholeRange.End.Value;
        }
        changed?.Add(message[kept..]);
        return changed;
    }

    private static Message? Child(Message message, int field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 25) => Message.Function,
        (Message.Graph, 1) or (Message.Function, 7) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 15) => Message.SparseTensor,
        (Message.Node, 5) or (Message.Function, 11) => Message.Attribute,
        (Message.Attribute, 5 or 10) => Message.Tensor,
        (Message.Attribute, 6 or 11) => Message.Graph,
        (Message.Attribute, 22 or 23) => Message.SparseTensor,
        (Message.SparseTensor, 1 or 2) => Message.Tensor,
        _ => null,
    };

    private ByteRope? FoldTensor(ReadOnlyMemory<byte> tensor)
    {
        var (name, isExternal, size) = ("", false, new TensorSize());
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        var folded = new ByteRope();
        var fields = new ProtobufReader(tensor.Span);
        while (fields.Read())
        {
            switch (fields.Field)
            {
                case 13 when fields.HasContent:
                    entries[Protobuf.Text(fields.Content, 1)] = Protobuf.Text(fields.Content, 2);
                    continue;
                case 14:
                    isExternal = fields.Number == 1;
                    continue;
                case 9:
                    // Raw data beside external data has no meaning.
                    continue;
                case 8:
                    name = fields.Text;
                    break;
                default:
                    size.Add(fields);
                    break;
            }
            folded.Add(tensor[fields.WholeRange]);
        }
        if (!isExternal)
            return null;
        var raw = new ByteRope();
        raw.Add(new ExternalData(source, name, entries, size.Bytes));
        folded.AddField(9, raw);
        return folded;
    }
}
