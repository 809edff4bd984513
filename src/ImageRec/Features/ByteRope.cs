namespace ImageRec.Features;

/// <summary>Puts bytes together from pieces of others and of files, copied once, at the end.</summary>
internal sealed class ByteRope
{
    /// <summary>The most bytes that protobuf allows in one message, and so in a network.</summary>
    public const long MaxLength = int.MaxValue - 64;

    private readonly List<(ReadOnlyMemory<byte> Bytes, ExternalData? External)> _pieces = [];

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    public void Add(ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.IsEmpty)
            Add(bytes, null, bytes.Length);
    }

    public void Add(ExternalData external) => Add(default, external, external.Length);

    /// <summary>Adds a protobuf field that holds all of another rope.</summary>
    public void AddField(int number, ByteRope content)
    {
        Add(Protobuf.FieldStart(number, content.Length));
        _pieces.AddRange(content._pieces);
        Length += content.Length;
    }

    /// <summary>Copies all bytes.</summary>
    /// <exception cref="OnnxModelException">They are more than <see cref="MaxLength"/>, or a file cannot be read.</exception>
    public byte[] ToArray()
    {
        if (Length > MaxLength)
        {
            throw new OnnxModelException(
                $"With its weights the network would have {Length:N0} bytes; one file of a network has {MaxLength:N0} at most (protobuf). "
                + "Take a smaller one, such as with float16 weights, or one that ends at the tensor you want, saved as one file: "
                + $"{ExternalWeights.AsOneFile}.");
        }
        var all = new byte[Length];
        var next = 0;
        foreach (var (bytes, external) in _pieces)
        {
            if (external is not null)
                external.Read(all.AsSpan(next, (int)external.Length));
            else
                bytes.Span.CopyTo(all.AsSpan(next));
            next += (int)(external?.Length ?? bytes.Length);
        }
        return all;
    }

    private void Add(ReadOnlyMemory<byte> bytes, ExternalData? external, long length)
    {
        _pieces.Add((bytes, external));
        Length = checked(Length + length);
    }
}
