namespace ImageRec.Features;

/// <summary>
/// Frees the number of images per batch of a network that was saved for one: its first dimension becomes open, and the shapes noted for
/// inner tensors, which count one image too, are left out. Whether the network then computes what it computed before is for
/// <see cref="BatchCheck"/> to find out: a reshaping inside may count on one image.
/// </summary>
internal static class BatchFreeing
{
    private const int TypeOfValue = 2, TensorOfType = 1, ShapeOfTensor = 2, DimensionOfShape = 1, SizeOfDimension = 1;
    private const int ImageDimensions = 4;

    /// <summary>Returns the network with a free batch; null when no input of it was saved for one image.</summary>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX file.</exception>
    public static byte[]? Free(byte[] network)
    {
        var freed = false;
        var model = new ByteRope();
        var fields = new ProtobufReader(network);
        while (fields.Read())
        {
            if (fields.Field == OnnxGraph.GraphOfModel && fields.HasContent)
                model.AddField(OnnxGraph.GraphOfModel, FreeGraph(network.AsMemory(fields.ContentRange), ref freed));
            else
                model.Add(network.AsMemory(fields.WholeRange));
        }
        return freed ? model.ToArray() : null;
    }

    private static ByteRope FreeGraph(ReadOnlyMemory<byte> graph, ref bool freed)
    {
        var weights = Weights(graph.Span);
        var copy = new ByteRope();
        var fields = new ProtobufReader(graph.Span);
        while (fields.Read())
        {
            if (fields.Field == OnnxGraph.ValueInfoOfGraph)
                continue;
            if (fields.Field == OnnxGraph.InputOfGraph && !weights.Contains(Protobuf.Text(fields.Content, 1))
                && FirstSize(fields.Content) == 1)
            {
                freed = true;
                copy.Add(Protobuf.Field(OnnxGraph.InputOfGraph, Rewrite(fields.Content, TypeOfValue, TensorOfType, ShapeOfTensor)));
            }
            else
            {
                copy.Add(graph[fields.WholeRange]);
            }
        }
        return copy;
    }

    private static HashSet<string> Weights(ReadOnlySpan<byte> graph)
    {
        HashSet<string> weights = [];
        var fields = new ProtobufReader(graph);
        while (fields.Read())
        {
            if (fields.Field == OnnxGraph.InitializerOfGraph)
                weights.Add(Protobuf.Text(fields.Content, 8));
        }
        return weights;
    }

    /// <summary>Returns the size of the first of four dimensions; null when it is open, or there are not four.</summary>
    private static int? FirstSize(ReadOnlySpan<byte> value)
    {
        var shape = Content(Content(Content(value, TypeOfValue), TensorOfType), ShapeOfTensor);
        var (count, first) = (0, (int?)null);
        var fields = new ProtobufReader(shape);
        while (fields.Read())
        {
            if (fields.Field == DimensionOfShape && count++ == 0)
                first = Protobuf.FirstNumber(fields.Content, SizeOfDimension);
        }
        return count == ImageDimensions ? first : null;
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> message, int field)
    {
        var fields = new ProtobufReader(message);
        while (fields.Read())
        {
            if (fields.Field == field && fields.HasContent)
                return fields.Content;
        }
        return default;
    }

    /// <summary>Writes a message again, with the first dimension open of the shape that the path of fields leads to.</summary>
    private static byte[] Rewrite(ReadOnlySpan<byte> message, params ReadOnlySpan<int> path)
    {
        using var copy = new MemoryStream();
        var fields = new ProtobufReader(message);
        var isFirst = true;
        while (fields.Read())
        {
            if (path.IsEmpty && isFirst && fields.Field == DimensionOfShape)
            {
                copy.Write(Protobuf.Field(DimensionOfShape, []));
                isFirst = false;
            }
            else if (!path.IsEmpty && fields.Field == path[0] && fields.HasContent)
            {
                copy.Write(Protobuf.Field(path[0], Rewrite(fields.Content, path[1..])));
            }
            else
            {
                copy.Write(fields.Whole);
            }
        }
        return copy.ToArray();
    }
}
