namespace ImageRec.Features;

/// <summary>Describes one operation of a network.</summary>
/// <param name="Operation">Such as <c>Conv</c>.</param>
/// <param name="Inputs">Names of the tensors it reads.</param>
/// <param name="Outputs">Names of the tensors it computes.</param>
/// <param name="HasInnerGraph">Whether it is control flow: If, Loop, Scan.</param>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, bool HasInnerGraph)
{
    /// <summary>Reads a NodeProto.</summary>
    public static OnnxNode Read(ReadOnlySpan<byte> node)
    {
        List<string> inputs = [], outputs = [];
        var (operation, hasInnerGraph) = ("", false);
        var fields = new ProtobufReader(node);
        while (fields.Read())
        {
            switch (fields.Field)
            {
                case 1:
                    inputs.Add(fields.Text);
                    break;
                case 2 when fields.Content.Length > 0:
                    outputs.Add(fields.Text);
                    break;
                case 4:
                    operation = fields.Text;
                    break;
                case 5:
                    hasInnerGraph |= IsGraph(fields.Content);
                    break;
            }
        }
        return new(operation, inputs, outputs, hasInnerGraph);
    }

    private static bool IsGraph(ReadOnlySpan<byte> attribute)
    {
        var fields = new ProtobufReader(attribute);
        while (fields.Read())
        {
            if (fields.Field is 6 or 11)
                return true;
        }
        return false;
    }
}
