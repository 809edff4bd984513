namespace ImageRec.Features;

/// <summary>Computes how many bytes the values of a TensorProto take, while its fields are read.</summary>
internal sealed class TensorSize
{
    private long _numbers = 1;
    private int _bits;
    private bool _isPlausible = true;

    /// <summary>The bytes; null when the element type has no fixed size, or the shape is not plausible.</summary>
    public long? Bytes => _isPlausible && _bits > 0 ? ((_numbers * _bits) + 7) / 8 : null;

    /// <summary>Adds a field: dimensions (1) or the element type (2).</summary>
    public void Add(ProtobufReader field)
    {
        if (field.Field == 2)
            _bits = BitsOf(field.Number);
        else if (field.Field == 1 && !field.HasContent)
            Multiply(field.Number);
        else if (field.Field == 1)
            MultiplyPacked(field.Content);
    }

    private void MultiplyPacked(ReadOnlySpan<byte> dimensions)
    {
        while (!dimensions.IsEmpty)
            Multiply(Protobuf.ReadNumber(ref dimensions));
    }

    private void Multiply(ulong dimension)
    {
        var product = (UInt128)_numbers * dimension;
        _isPlausible &= product <= int.MaxValue * 16L;
        _numbers = _isPlausible ? (long)product : 0;
    }

    /// <summary>Returns the bits of an element type (onnx.proto: TensorProto.DataType).</summary>
    private static int BitsOf(ulong type) => type switch
    {
        1 or 6 or 12 => 32,
        2 or 3 or 9 or 17 or 18 or 19 or 20 => 8,
        4 or 5 or 10 or 16 => 16,
        7 or 11 or 13 or 14 => 64,
        15 => 128,
        21 or 22 => 4,
        _ => 0,
    };
}
