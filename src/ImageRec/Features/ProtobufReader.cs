using System.Buffers.Binary;
using System.Text;

namespace ImageRec.Features;

/// <summary>Walks the fields of one protobuf message (developers.google.com/protocol-buffers/docs/encoding).</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _next;

    /// <summary>The number of the field just read.</summary>
    public int Field { get; private set; }

    /// <summary>The value of a whole-number field; the bits of a 4-byte field.</summary>
    public ulong Number { get; private set; }

    /// <summary>Whether the field just read is text, bytes or a message.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Where the field just read stands in the message, tag included.</summary>
    public Range WholeRange { get; private set; }

    /// <summary>Where the content of a text, bytes or message field stands in the message; empty for others.</summary>
    public Range ContentRange { get; private set; }

    /// <summary>The content of a text, bytes or message field; empty for others.</summary>
    public readonly ReadOnlySpan<byte> Content => _message[ContentRange];

    /// <summary>The field just read as it stands in the message, tag included.</summary>
    public readonly ReadOnlySpan<byte> Whole => _message[WholeRange];

    /// <summary>The content as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Content);

    /// <summary>Goes to the next field.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a protobuf message.</exception>
    public bool Read()
    {
        if (_next >= _message.Length)
            return false;
        var start = _next;
        var tag = ReadVarint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        HasContent = (tag & 7) == 2;
        ContentRange = default;
        Number = 0;
        switch (tag & 7)
        {
            case 0:
                Number = ReadVarint();
                break;
            case 1:
                Skip(8);
                break;
            case 2:
                var length = ReadVarint();
                var from = _next;
                Skip(length);
                ContentRange = from.._next;
                break;
            case 5:
                Skip(4);
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_message[(_next - 4)..]);
                break;
            default:
                throw new InvalidDataException($"Wire type {tag & 7} at byte {start}.");
        }
        if (Field == 0)
            throw new InvalidDataException($"Field number 0 at byte {start}.");
        WholeRange = start.._next;
        return true;
    }

    private void Skip(ulong bytes)
    {
        if (bytes > (ulong)(_message.Length - _next))
            throw new InvalidDataException($"A field at byte {_next} needs {bytes} bytes; {_message.Length - _next} are left.");
        _next += (int)bytes;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && _next < _message.Length; shift += 7)
        {
            var b = _message[_next++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
        throw new InvalidDataException($"A number that does not end before byte {_next}.");
    }
}
